import { rolldown } from 'rolldown';
import { root } from '../../support/architecture.ts';

/** A page with nothing but React Flow and as many of its own plain cards and lines: what a drawing costs at the least. */
export async function bareCanvas(count: number, links: number): Promise<string> {
  const entry = '\0bare-canvas';
  const bundle = await rolldown({
    input: entry,
    cwd: root,
    platform: 'browser',
    transform: { define: { 'process.env.NODE_ENV': '"production"' } },
    plugins: [
      {
        name: 'bare-canvas',
        resolveId: (id) => (id === entry ? id : null),
        load: (id) => (id === entry ? { code: codeOf(count, links), moduleSideEffects: true } : null),
      },
    ],
    logLevel: 'silent',
  });
  const { output } = await bundle.generate({ format: 'iife', minify: true });
  await bundle.close();
  return output[0].code;
}

function codeOf(count: number, links: number): string {
  const at = (path: string) => JSON.stringify(`${root}/node_modules/${path}`);
  return `
    import { createElement, useState } from ${at('react/index.js')};
    import { createRoot } from ${at('react-dom/client.js')};
    import { ReactFlow, applyNodeChanges } from ${at('@xyflow/react/dist/esm/index.js')};
    const first = Array.from({ length: ${count} }, (_, i) => ({
      id: 'n' + i, position: { x: (i % 20) * 210, y: Math.floor(i / 20) * 110 }, data: { label: 'Task ' + i },
    }));
    const edges = Array.from({ length: ${links} }, (_, i) => {
      const to = 20 + (i % ${count - 20});
      return { id: 'e' + i, source: 'n' + (to - 20 - (i >= ${count - 20} ? 1 : 0)), target: 'n' + to };
    }).filter(({ source }) => source !== 'n-1');
    function Bare() {
      const [nodes, setNodes] = useState(first);
      return createElement(ReactFlow, {
        nodes, edges, onNodesChange: (changes) => setNodes((now) => applyNodeChanges(changes, now)),
        onlyRenderVisibleElements: true, minZoom: 0.05, defaultViewport: { x: 20, y: 20, zoom: 0.8 },
      });
    }
    const place = document.body.appendChild(document.createElement('div'));
    place.style.cssText = 'width:1100px;height:800px';
    createRoot(place).render(createElement(Bare));`;
}
