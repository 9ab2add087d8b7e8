import { describe, expect, it } from 'vitest';
import { type Box, findPadSide } from '../../../studio/workflow-designer/pad-place.ts';

const card: Box = { x: 200, y: 200, width: 142, height: 55 };
const size = { length: 122, depth: 26 };
const frame: Box = { x: 0, y: 0, width: 800, height: 600 };
/** A card of the same size so many pixels off. */
const beside = (x: number, y: number): Box => ({ ...card, x: card.x + x, y: card.y + y });

describe('the side of a card on which its commands stand', () => {
  it('is above where the row between two cards is free', () => {
    expect(findPadSide(card, size, [], frame)).toBe('top');
    expect(findPadSide(card, size, [beside(0, -84), beside(0, 84), beside(162, 0), beside(-162, 0)], frame)).toBe(
      'top',
    );
  });

  it('is where it covers no lag and no card', () => {
    const lag: Box = { x: 254, y: 181, width: 34, height: 12 };
    expect(findPadSide(card, size, [lag], frame)).toBe('right');
    expect(findPadSide(card, size, [lag, beside(162, 0)], frame)).toBe('bottom');
    expect(findPadSide(card, size, [lag, beside(162, 0), beside(0, 60)], frame)).toBe('left');
  });

  it('covers a lag rather than a card where there is no free side', () => {
    const lag: Box = { x: 254, y: 181, width: 34, height: 12 };
    expect(findPadSide(card, size, [lag, beside(162, 0), beside(0, 60), beside(-162, 0)], frame)).toBe('top');
  });

  it('stays inside of the frame', () => {
    expect(findPadSide({ ...card, y: 4 }, size, [], frame)).toBe('right');
    expect(findPadSide({ ...card, x: 650, y: 4 }, size, [], frame)).toBe('bottom');
  });
});
