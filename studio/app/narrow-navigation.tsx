import { Drawer } from '@mantine/core';
import { Brand } from './brand.tsx';
import { Navigation } from './navigation.tsx';

/** The navigation where there is no room beside the page. */
export function NarrowNavigation({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Drawer opened={opened} onClose={onClose} title={<Brand />} size={260} hiddenFrom="md">
      <nav aria-label="Maintenance areas">
        <Navigation onGo={onClose} />
      </nav>
    </Drawer>
  );
}
