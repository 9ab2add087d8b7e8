import { useComputedColorScheme } from '@mantine/core';
import { DiffEditor } from '@monaco-editor/react';
import { textSize } from '../ui/text-size.ts';
import './monaco.ts';

/** Two texts of one document beside each other, or below one another where there is little room. */
export default function SourceDiff({ before, after, label }: { before: string; after: string; label: string }) {
  const scheme = useComputedColorScheme('light');
  return (
    <DiffEditor
      original={before}
      modified={after}
      language="json"
      theme={`lintel-${scheme}`}
      options={{
        readOnly: true,
        originalEditable: false,
        automaticLayout: true,
        useInlineViewWhenSpaceIsLimited: true,
        renderSideBySideInlineBreakpoint: 720,
        hideUnchangedRegions: { enabled: true },
        minimap: { enabled: false },
        fontSize: textSize(13),
        scrollBeyondLastLine: false,
        ariaLabel: label,
      }}
    />
  );
}
