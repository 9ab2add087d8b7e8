import { Button, Modal } from '@mantine/core';
import { IconCalendarQuestion } from '@tabler/icons-react';
import { useState } from 'react';
import { DueCalculator, type DueCalculatorProps } from './due-calculator.tsx';

/** Opens the calculator from wherever a target is written. */
export function DueButton(props: DueCalculatorProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button variant="default" leftSection={<IconCalendarQuestion size={14} />} onClick={() => setOpen(true)}>
        When would this be due?
      </Button>
      <Modal opened={isOpen} onClose={() => setOpen(false)} title="When would this be due?" size="lg">
        <DueCalculator {...props} />
      </Modal>
    </>
  );
}
