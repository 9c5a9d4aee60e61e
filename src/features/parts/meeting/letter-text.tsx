import { Trans } from '@lingui/react/macro'
import type { LetterLine, MeetingLetter } from '#domain/meeting/letter.ts'
import { DateText } from '#ui/text/date-text.tsx'
import { PhoneLink } from '#ui/text/phone-link.tsx'
import { Quote } from '#ui/text/quote.tsx'

/** The letter after a team meeting: the frame in the reader’s language, the words as they were written. */
export function LetterText({
  letter,
  givenName,
}: Readonly<{ letter: MeetingLetter; givenName: string }>) {
  const { day, question, lines, added, next, by, phone } = letter
  return (
    <div className="letter-text">
      <p>
        <Trans>Dear {givenName},</Trans>
      </p>
      <p>
        <Trans>
          Your team talked about you on <DateText date={day} />.
        </Trans>
      </p>
      {question ? (
        <>
          <p>
            <Trans>You asked us:</Trans>
          </p>
          <Quote size="row">{question}</Quote>
        </>
      ) : null}
      {lines.length > 0 ? (
        <p>
          <Trans>This is what we decided.</Trans>
        </p>
      ) : (
        <p className="gable-missing">
          <Trans>Nothing is decided yet</Trans>
        </p>
      )}
      {lines.map((line) => (
        <p key={`${line.kind}-${line.words}`}>
          <Line line={line} />
        </p>
      ))}
      {added ? <p lang="en">{added}</p> : null}
      {next ? (
        <p>
          <Trans>
            We meet again on <DateText date={next} />.
          </Trans>
        </p>
      ) : null}
      <p>
        <Trans>Is this not right? Tell {by.name}.</Trans>{' '}
        {phone ? <PhoneLink number={phone} /> : null}
      </p>
    </div>
  )
}

function Line({ line: { kind, words, owner, by, to } }: Readonly<{ line: LetterLine }>) {
  const said = (
    <b lang="en" dir="auto">
      {words}
    </b>
  )
  switch (kind) {
    case 'plan':
      return (
        <Trans>
          We suggest a change to your plan: {said} Nothing changes until you say yes. {owner} will
          ask you by <DateText date={by} />.
        </Trans>
      )
    case 'goal':
      return (
        <Trans>
          We suggest a new goal for you: {said} It comes into your plan only if you say yes. {owner}{' '}
          will ask you by <DateText date={by} />.
        </Trans>
      )
    case 'step':
      return (
        <Trans>
          We suggest a new step in your plan: {said} It comes into your plan only if you say yes.{' '}
          {owner} will ask you by <DateText date={by} />.
        </Trans>
      )
    case 'referral':
      return (
        <Trans>
          We have asked {to} to help: {said} {owner} will find out what came of it by{' '}
          <DateText date={by} />.
        </Trans>
      )
    case 'unmet-need':
      return (
        <Trans>
          We cannot find anyone for this yet: {said} We are sorry. {owner} will look again by{' '}
          <DateText date={by} />.
        </Trans>
      )
    default:
      return (
        <Trans>
          {said} {owner} will do this by <DateText date={by} />.
        </Trans>
      )
  }
}
