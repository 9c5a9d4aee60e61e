/**
 * The first lines that fit into so many bytes of UTF-8; `more` stands at the end if any is left out. A line is never
 * cut: half a dose is worse than none.
 */
export function withinBytes(lines: readonly string[], most: number, more: string): string {
  const size = (text: string) => new TextEncoder().encode(text).length
  const whole = lines.join('\n')
  if (size(whole) <= most) return whole
  const kept: string[] = []
  for (const line of lines) {
    if (size([...kept, line, more].join('\n')) > most) break
    kept.push(line)
  }
  return [...kept, more].join('\n')
}
