/** Height of a row of the chart, in pixels. */
export const ROW_HEIGHT = 40;
