/** A table as text (RFC 4180). */

export type CsvCell = string | number | boolean | undefined;

/** Lines of cells; the first line is the heading by custom. What is not known is an empty cell. */
export function csvText(lines: readonly (readonly CsvCell[])[]): string {
  return lines.map((cells) => `${cells.map(cellText).join(',')}\r\n`).join('');
}

function cellText(cell: CsvCell): string {
  if (typeof cell !== 'string') return cell === undefined ? '' : String(cell);
  // A spreadsheet takes what begins so for a formula, and not all of these texts are our own.
  const plain = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
