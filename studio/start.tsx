import './app/jitless.ts';
import '@mantine/core/styles.css';
import './app/theme.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Studio } from './app/studio.tsx';
import { keepForOffline } from './offline/keeping.ts';

const root = document.getElementById('root');
if (!root) throw new Error('expected an element with id "root" in index.html');
keepForOffline();
createRoot(root).render(
  <StrictMode>
    <Studio />
  </StrictMode>,
);
