import { Trans } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { clockToday } from '#client/clock.ts'
import { useDraft } from '#client/forms/use-draft.ts'
import { conversationsQuery } from '#client/queries/preparation/conversation.ts'
import { whoAmI } from '#client/session/who-am-i.ts'
import { addDays } from '#domain/calendar/days.ts'
import type { HouseRecord } from '#domain/plan/house/house.ts'
import { preparedFor } from '#domain/preparation/preparation.ts'
import { StateMark } from '#ui/feedback/state-mark.tsx'
import { LinkButton } from '#ui/layout/link-button.tsx'
import { DateText } from '#ui/text/date-text.tsx'

/** So many days before the conversation the person is asked to get ready: our own choice. */
const daysBefore = 21

/** On the person’s and the carer’s first page: the next conversation, and the way to get ready for it. */
export function PrepareInvitation({ house }: { house: HouseRecord }) {
  const { plan, person, died } = house
  const isUnsent = useDraft<unknown>(`prepare:${person}`, undefined)[3]
  const day = plan?.ended || died ? undefined : plan?.reviewOn
  if (day && day <= addDays(clockToday(), daysBefore))
    return <NextTalk house={house} day={day} isUnsent={isUnsent} />
  return isUnsent ? <Unsent /> : null
}

type NextTalkProps = Readonly<{ house: HouseRecord; day: string; isUnsent: boolean }>

function NextTalk({ house: { person, givenName }, day, isUnsent }: NextTalkProps) {
  const me = whoAmI(person)
  const { data } = useQuery(conversationsQuery(person))
  const isDone =
    data &&
    preparedFor(data.preparations, data.held).some(
      ({ saidBy }) => saidBy?.reference === me.reference,
    )
  return (
    <section className="my-row" aria-labelledby="prepare-title">
      <div>
        <h3 id="prepare-title">
          <Trans>Our next talk</Trans>
        </h3>
        <p>
          {me.voice === 'carer' ? (
            <Trans>
              We talk about {givenName}’s plan on{' '}
              <b>
                <DateText date={day} />
              </b>
              .
            </Trans>
          ) : (
            <Trans>
              We talk about your plan on{' '}
              <b>
                <DateText date={day} />
              </b>
              .
            </Trans>
          )}
        </p>
        {isUnsent ? <UnsentLine /> : null}
        {isDone ? (
          <p>
            <StateMark state="agreed">
              <Trans>You are ready. You can still change what you wrote.</Trans>
            </StateMark>
          </p>
        ) : null}
      </div>
      <LinkButton to="/my/prepare" variant={isDone ? 'outline' : 'filled'}>
        {isDone ? <Trans>Read or change it</Trans> : <Trans>Get ready</Trans>}
      </LinkButton>
    </section>
  )
}

const UnsentLine = () => (
  <p>
    <StateMark state="writing">
      <Trans>You had written something and did not send it.</Trans>
    </StateMark>
  </p>
)

/** The talk was held, or its day was moved, before the words were sent: they stay within reach. */
function Unsent() {
  return (
    <section className="my-row" aria-labelledby="unsent-title">
      <div>
        <h3 id="unsent-title">
          <Trans>Not sent yet</Trans>
        </h3>
        <UnsentLine />
      </div>
      <LinkButton to="/my/prepare" variant="outline">
        <Trans>See it</Trans>
      </LinkButton>
    </section>
  )
}
