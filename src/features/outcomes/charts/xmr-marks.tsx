import { useMonthWords } from '#features/outcomes/use-month-words.ts'

/** Something that was tried, in the month in which it began. */
export type XmrMark = Readonly<{ mark: string; month: string; words: string }>

/** What the letters on a chart stand for. */
export function XmrMarks({ marks }: Readonly<{ marks: readonly XmrMark[] }>) {
  const monthWords = useMonthWords()
  if (marks.length === 0) return null
  return (
    <ul className="xmr__marks">
      {marks.map(({ mark, month, words }) => (
        <li key={mark}>
          <strong>{mark}</strong> {monthWords(month, 'with-year')}: <bdi>{words}</bdi>
        </li>
      ))}
    </ul>
  )
}
