import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { Link } from 'react-router'
import type { Contact } from '#domain/contact/contact.ts'
import { type CallQuestion, isWorrying } from '#domain/discharge/call-questions.ts'
import { contactsAfter } from '#domain/discharge/stay-thread.ts'
import type { WardStay } from '#domain/discharge/ward-stay.ts'
import { StateMark } from '#ui/feedback/state-mark.tsx'
import { Card } from '#ui/layout/card.tsx'

type Place = Readonly<{ to: string; words: MessageDescriptor; asks: readonly CallQuestion[] }>

/** Where each thing is changed, and after which answers it has to be looked at. */
const places: readonly Place[] = [
  {
    to: 'plan/roof',
    words: msg`If things get worse: amber and red`,
    asks: ['how-are-you', 'if-worse'],
  },
  { to: 'plan/conversation', words: msg`Goals and steps`, asks: ['how-are-you'] },
  { to: 'plan/support', words: msg`Help at home`, asks: ['at-home'] },
  { to: 'plan/team', words: msg`Who is in the team, and who is called first`, asks: ['next-step'] },
  { to: 'carers', words: msg`The one who cares for them`, asks: ['carer'] },
]

/** What changes in the plan after a stay: where to change it. The person says yes to it there. */
export function PlanChangesCard({
  stay,
  contacts,
}: Readonly<{ stay: WardStay; contacts: readonly Contact[] }>) {
  const { i18n } = useLingui()
  const answers = contactsAfter(contacts, stay).flatMap((each) => each.answers ?? [])
  const worrying = new Set(answers.filter(isWorrying).map(({ question }) => question))
  return (
    <Card title={<Trans>What changes in the plan</Trans>}>
      <ul className="stay-arranged">
        {places.map(({ to, words, asks }) => (
          <li key={to}>
            <Link to={`/people/${stay.person}/${to}`}>{i18n._(words)}</Link>
            {asks.some((each) => worrying.has(each)) ? (
              <StateMark state="due">
                <Trans>Look at this: an answer asks for it</Trans>
              </StateMark>
            ) : null}
          </li>
        ))}
      </ul>
      <p className="gable-meta">
        <Trans>What you change there waits for the person’s yes.</Trans>
      </p>
    </Card>
  )
}
