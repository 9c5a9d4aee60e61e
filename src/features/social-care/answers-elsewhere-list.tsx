import { Trans, useLingui } from '@lingui/react/macro'
import { Link, useParams } from 'react-router'
import { dayHere } from '#client/clock.ts'
import { answerTexts } from '#domain/assessment/form.ts'
import type { ElsewhereAnswer } from '#domain/social-care/needs/answers-elsewhere.ts'
import { Button } from '#ui/layout/button.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { useDayText } from '#ui/text/use-day-text.ts'

type Props = Readonly<{
  answers: readonly ElsewhereAnswer[]
  /** what the outcome is called */
  about: string
  /** puts words into the answer to this question */
  onAdd: (words: string) => void
}>

/** So many are shown at once; the others open in place. */
const shown = 3

/** What colleagues have asked already, with who and when: it need not be asked again. */
export function AnswersElsewhereList({ answers, about, onAdd }: Props) {
  const wordsOf = useAnswerLine()
  if (answers.length === 0) return null
  const [first, more] = [answers.slice(0, shown), answers.slice(shown)]
  return (
    <div className="social-asked">
      <p className="carer-label">
        <Trans>Asked already</Trans>
        <span className="nhsuk-u-visually-hidden">: {about}</span>
      </p>
      <AnswerLines answers={first} />
      {more.length > 0 ? (
        <details>
          <summary>
            <Trans>{more.length} more</Trans>
          </summary>
          <AnswerLines answers={more} />
        </details>
      ) : null}
      <Button variant="link" onClick={() => onAdd(answers.map(wordsOf).join('\n'))}>
        <Trans>Add these to the words</Trans>
        <span className="nhsuk-u-visually-hidden">: {about}</span>
      </Button>
    </div>
  )
}

function AnswerLines({ answers }: Pick<Props, 'answers'>) {
  const { person = '' } = useParams()
  const said = useSaid()
  return (
    <ul>
      {answers.map((each) => (
        <li key={`${each.response} ${each.question}`}>
          {each.question} <strong>{said(each)}</strong>
          <span className="social-asked__source">
            {each.by ? `${each.by}, ` : null}
            {each.at ? (
              <>
                <DateText date={each.at} />,{' '}
              </>
            ) : null}
            <Link to={`/people/${person}/assessments/${each.form}?result=${each.response}`}>
              {each.title}
            </Link>
          </span>
        </li>
      ))}
    </ul>
  )
}

function useSaid() {
  const { t } = useLingui()
  return ({ given }: ElsewhereAnswer) => {
    const texts = answerTexts(given)
    return given
      .map((one, place) => (typeof one === 'boolean' ? (one ? t`Yes` : t`No`) : texts[place]))
      .join(', ')
  }
}

/** One answer as a line of text, with its source. */
function useAnswerLine() {
  const said = useSaid()
  const day = useDayText()
  return (each: ElsewhereAnswer) => {
    const source = [each.by, each.at && day(dayHere(each.at)), each.title]
      .filter(Boolean)
      .join(', ')
    return `${each.question} ${said(each)} (${source})`
  }
}
