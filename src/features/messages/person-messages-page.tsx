import { Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useParams } from 'react-router'
import { patientQuery } from '#client/queries/patient/patient.ts'
import { MessagesAbout } from '#features/parts/messages/messages-about.tsx'
import { WhoToCall } from '#features/parts/who-to-call.tsx'
import { PageHeading } from '#ui/layout/page-heading.tsx'
import { PhoneLink } from '#ui/text/phone-link.tsx'
import { staffBeginnings } from './staff-beginnings.ts'

/** What is written about one person, among the person, carers and the team. */
export function PersonMessagesPage() {
  const { t } = useLingui()
  const { person = '' } = useParams()
  const { data } = useSuspenseQuery(patientQuery(person))
  const givenName = data.person.given ?? ''
  const hasDied = data.person.died !== undefined
  return (
    <div>
      <PageHeading title={t`Messages`} />
      <MessagesAbout
        {...{ person, givenName }}
        choices={hasDied ? ['team'] : ['person', 'carer', 'carers', 'team']}
        beginnings={staffBeginnings}
        isClosed={false}
        whatNow={
          <>
            <p>
              <Trans>
                Call. In an emergency call <PhoneLink number="999" />.
              </Trans>
            </p>
            <details>
              <summary>
                <Trans>Who to call</Trans>
              </summary>
              <WhoToCall {...{ person, givenName }} />
            </details>
          </>
        }
      />
    </div>
  )
}
