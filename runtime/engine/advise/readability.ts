/** How hard a text is to read (A7). */
export interface Readability {
  words: number;
  sentences: number;
  /** Words in the longest sentence. */
  longestSentence: number;
  /** Mean words a sentence, one decimal. */
  meanSentence: number;
  /** Reading age in years, by Flesch-Kincaid (grade plus five), at least 5; 0 for no words. */
  readingAge: number;
}

/** Reading age and sentence length of plain text (A7); a line's end ends a sentence, as in lists and headings. */
export function measureReadability(text: string): Readability {
  const sentences = text
    .split(/[.!?]+(?:\s|$)|\n+/)
    .map(wordsOf)
    .filter((words) => words.length > 0);
  const words = sentences.flat();
  if (words.length === 0) return { words: 0, sentences: 0, longestSentence: 0, meanSentence: 0, readingAge: 0 };
  const syllables = words.reduce((sum, word) => sum + countSyllables(word), 0);
  const mean = words.length / sentences.length;
  const grade = 0.39 * mean + 11.8 * (syllables / words.length) - 15.59;
  return {
    words: words.length,
    sentences: sentences.length,
    longestSentence: Math.max(...sentences.map((sentence) => sentence.length)),
    meanSentence: Math.round(mean * 10) / 10,
    readingAge: Math.max(5, Math.round(grade + 5)),
  };
}

function wordsOf(sentence: string): string[] {
  return sentence.match(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu) ?? [];
}

/** Groups of vowels, without the silent e. */
function countSyllables(word: string): number {
  const letters = word.toLowerCase().replace(/[^a-z]/g, '');
  if (letters.length <= 3) return 1;
  const groups = letters
    .replace(/(?:[^laeiouy]es|ed|[^laeiouy]e)$/, '')
    .replace(/^y/, '')
    .match(/[aeiouy]+/g);
  return Math.max(1, groups?.length ?? 1);
}
