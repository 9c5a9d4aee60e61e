import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { paperCode } from '#domain/agreement/paper-code.ts'
import { languageOf } from '#domain/language/languages.ts'
import type { HouseRecord } from '#domain/plan/house/house.ts'
import type { Plan } from '#domain/plan/plan.ts'
import { NoPlan } from '#features/care-plan/no-plan.tsx'
import { useHouse } from '#features/care-plan/use-house.ts'
import { RoomToRead, roomsToRead } from '#features/parts/answer/plan-to-read.tsx'
import { myRoomWords } from '#features/parts/answer/section-words.ts'
import { InLanguage } from '#features/parts/language/in-language.tsx'
import { LanguageButtons } from '#features/parts/language/language-choice.tsx'
import { UnreviewedNote } from '#features/parts/language/translation-mark.tsx'
import { Button } from '#ui/layout/button.tsx'
import { LinkButton } from '#ui/layout/link-button.tsx'
import { PageHeading } from '#ui/layout/page-heading.tsx'
import { useDayText } from '#ui/text/use-day-text.ts'
import './paper.scss'

/** The plan to print, to read and to sign: with the code of this plan and version, and places for two signatures. */
export function PaperPage() {
  const { t } = useLingui()
  const { house, root, day } = useHouse()
  const { plan, givenName } = house
  const [language, setLanguage] = useState(languageOf(house.preferredLanguage) ?? 'en')
  if (!plan?.version || house.died) return <NoPlan house={house} root={root} />
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
      <LanguageButtons language={language} onChoose={setLanguage} />
      <InLanguage language={language}>
        <UnreviewedNote language={language} />
        <Sheet house={house} plan={plan} day={day} />
      </InLanguage>
    </div>
  )
}

type Printed = Readonly<{ house: HouseRecord; plan: Plan; day: string }>

/** What is printed: in the language of the person. */
function Sheet({ house, plan, day }: Printed) {
  const { i18n } = useLingui()
  const sayDay = useDayText()
  const code = paperCode(plan.id, plan.version ?? '')
  return (
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
  )
}
