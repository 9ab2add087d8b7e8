import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { type ReactNode, useDeferredValue, useState } from 'react';
import tables from './table.module.css';

export interface Search {
  /** As it is typed. */
  text: string;
  setText: (text: string) => void;
  /** What the list follows, in small letters: of thousands a moment later, while the letter stands at once. */
  wanted: string;
}

/** What somebody searches a list for. */
export function useSearch(): Search {
  const [text, setText] = useState('');
  return { text, setText, wanted: useDeferredValue(text.trim().toLowerCase()) };
}

/** What stands above a list: its search, further choices, and how many are shown. */
export function SearchBar({
  label,
  placeholder,
  search,
  count,
  children,
}: {
  label: string;
  placeholder: string;
  search: Search;
  count: ReactNode;
  children?: ReactNode;
}) {
  return (
    <div className={tables['toolbar']}>
      <TextInput
        className={tables['grow'] ?? ''}
        aria-label={label}
        placeholder={placeholder}
        leftSection={<IconSearch size={15} />}
        value={search.text}
        onChange={(event) => search.setText(event.currentTarget.value)}
      />
      {children}
      <span className={tables['count']} role="status">
        {count}
      </span>
    </div>
  );
}
