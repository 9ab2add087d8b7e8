import { describe, expect, it } from 'vitest';
import { keyOfTitle, workflowKeyOfTitle } from '../../../studio/document-editor/new-key.ts';

describe('the key proposed for a new document', () => {
  it('is made of the words of its title', () => {
    expect(keyOfTitle('Rent arrears', [])).toBe('rent_arrears');
    expect(keyOfTitle('Rent arrears', ['RENT_arrears'])).toBe('rent_arrears_2');
  });
});

describe('the key proposed for a new workflow', () => {
  it('is short, because every key of its tasks begins with it', () => {
    expect(workflowKeyOfTitle('Damp and mould report', [])).toBe('DMR');
    expect(workflowKeyOfTitle('Homelessness prevention', [])).toBe('HP');
    expect(workflowKeyOfTitle('Complaint', [])).toBe('CO');
  });

  it('is numbered where it is taken, in any case of letters', () => {
    expect(workflowKeyOfTitle('Complaint', ['co'])).toBe('CO_2');
    expect(workflowKeyOfTitle('Complaint', ['CO', 'co_2'])).toBe('CO_3');
  });

  it('comes of any title', () => {
    expect(workflowKeyOfTitle('To be', [])).toBe('BE');
    expect(workflowKeyOfTitle('Of the', [])).toBe('OT');
    expect(workflowKeyOfTitle('…', [])).toBe('EN');
    expect(workflowKeyOfTitle('One two three four five six seven eight', [])).toBe('OTTFFS');
  });
});
