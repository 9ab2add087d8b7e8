import { Button } from '@mantine/core';
import { IconRocket } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';

/** The way to Review, Test and Publish; what is not saved yet goes with it. */
export function PublishButton() {
  return (
    <Button leftSection={<IconRocket size={14} />} renderRoot={(props) => <Link to="/publish" {...props} />}>
      Publish
    </Button>
  );
}
