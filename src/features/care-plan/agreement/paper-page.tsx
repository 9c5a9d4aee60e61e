import { Trans, useLingui } from '@lingui/react/macro'
import { paperCode } from '#domain/agreement/paper-code.ts'
import { NoPlan } from '#features/care-plan/no-plan.tsx'
import { useHouse } from '#features/care-plan/use-house.ts'
import { RoomToRead, roomsToRead } from '#features/parts/answer/plan-to-read.tsx'
import { myRoomWords } from '#features/parts/answer/section-words.ts'
import { Button } from '#ui/layout/button.tsx'
import { LinkButton } from '#ui/layout/link-button.tsx'
import { PageHeading } from '#ui/layout/page-heading.tsx'
import { useDayText } from '#ui/text/use-day-text.ts'
import './paper.scss'

/** The plan to print, to read and to sign: with the code of this plan and version, and places for two signatures. */
export function PaperPage() {
  const { t, i18n } = useLingui()
  const sayDay = useDayText()
  const { house, root, day } = useHouse()
  const { plan, givenName } = house
  if (!plan?.version || house.died) return <NoPlan house={house} root={root} />
  const code = paperCode(plan.id, plan.version)
  return (
    <div className="gable-plan gable-paper">
      <PageHeading
        title={t`${givenName}’s plan, to sign`}
        lead={t`Print it, read it together, and sign it before a witness. Then record it here.`}
        actions={
          <>
            <Button onClick={() => globalThis.print()}>
              <Trans>Print</Trans>
            </Button>
            <LinkButton to={`${root}/record-answer`} variant="outline">
              <Trans>Record a signed paper</Trans>
            </LinkButton>
          </>
        }
      />
      <article className="gable-paper__sheet">
        <p className="gable-paper__code">
          <Trans>
            {house.name} · version {plan.version} · printed {sayDay(day)}
          </Trans>{' '}
          <b>
            <Trans>
              Code <bdi>{code}</bdi>
            </Trans>
          </b>
        </p>
        {roomsToRead.map((room) => (
          <section key={room}>
            <h2>{i18n._(myRoomWords[room])}</h2>
            <RoomToRead house={house} room={room} />
          </section>
        ))}
        <section className="gable-paper__sign">
          <h2>
            <Trans>Is this right?</Trans>
          </h2>
          <ul>
            <li>
              <Trans>Yes, I agree</Trans>
            </li>
            <li>
              <Trans>Yes, but not this:</Trans>
            </li>
            <li>
              <Trans>Not like this. What should be different:</Trans>
            </li>
          </ul>
          <div className="gable-paper__lines" />
          <dl>
            <dt>
              <Trans>{house.name}, signature and date</Trans>
            </dt>
            <dd />
            <dt>
              <Trans>Witness who saw it signed: name, who they are, signature</Trans>
            </dt>
            <dd />
          </dl>
          <p className="gable-paper__code">
            <b>
              <Trans>
                Code <bdi>{code}</bdi>
              </Trans>
            </b>
          </p>
        </section>
      </article>
    </div>
  )
}
