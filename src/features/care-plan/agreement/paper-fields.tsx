import { Trans, useLingui } from '@lingui/react/macro'
import { changedRecordsSince } from '#domain/plan/changes-since.ts'
import type { HouseRecord } from '#domain/plan/house/house.ts'
import { recordTextStanding } from '#domain/plan/record-text.ts'
import { Notice } from '#ui/feedback/notice.tsx'
import { DateField } from '#ui/forms/date-field.tsx'
import { TextField } from '#ui/forms/text-field.tsx'
import { useDayText } from '#ui/text/use-day-text.ts'
import { type RecordFields, versionTyped } from './typed-record.ts'

/** The code on the print, the day, and who saw it signed. */
export function PaperFields({ typed, change, tried, view }: RecordFields) {
  const { t } = useLingui()
  const { house } = view
  const found = versionTyped(typed, house)
  const missing = (text: string, error: string) => (tried && !text.trim() ? error : undefined)
  const isWrong = typed.code.trim() !== '' && !found && tried
  return (
    <>
      <TextField
        label={t`Code on the paper`}
        hint={t`At the top and the bottom of the print, for example 7-K3QF-9WTX`}
        value={typed.code}
        onChange={(code) => change({ code })}
        error={
          isWrong
            ? t`This is not the code of a print of ${house.givenName}’s plan. Check each letter, and the name on the paper.`
            : missing(typed.code, t`Enter the code`)
        }
      />
      {found ? <WhichVersion house={house} found={found} /> : null}
      <DateField
        label={t`Day it was signed`}
        value={typed.signedOn}
        onChange={(signedOn) => change({ signedOn })}
        error={missing(typed.signedOn, t`Enter the day on the paper`)}
      />
      <TextField
        label={t`Name of the witness`}
        hint={t`Who saw ${house.givenName} sign: somebody else than you`}
        value={typed.witnessName}
        onChange={(witnessName) => change({ witnessName })}
        error={missing(typed.witnessName, t`Enter the name of the witness`)}
      />
      <TextField
        label={t`Who the witness is`}
        hint={t`For example neighbour, daughter, colleague`}
        value={typed.witnessRole}
        onChange={(witnessRole) => change({ witnessRole })}
        error={missing(typed.witnessRole, t`Enter who the witness is`)}
      />
    </>
  )
}

type Found = Readonly<{ planId: string; version: string }>

/** An old paper is recorded as an answer to what it says; what has changed since still needs a yes. */
function WhichVersion({ house, found }: Readonly<{ house: HouseRecord; found: Found }>) {
  const sayDay = useDayText()
  const { plan, givenName } = house
  if (plan?.id === found.planId && plan.version === found.version)
    return (
      <p>
        <Trans>This paper is version {found.version}, the plan as it is now.</Trans>
      </p>
    )
  const changes =
    plan?.id === found.planId ? changedRecordsSince(house.events, { ...found, at: '' }) : []
  return (
    <Notice tone="info" title={<Trans>This paper is of an earlier version: {found.version}</Trans>}>
      <p>
        <Trans>
          You can record it: it counts as {givenName}’s answer to version {found.version}. The plan
          is at version {plan?.version} now.
        </Trans>
      </p>
      {changes.length > 0 ? (
        <>
          <p>
            <Trans>Since then this has changed, and needs an answer of its own:</Trans>
          </p>
          <ul>
            {changes.map(({ record }) => (
              <li key={record}>
                {recordTextStanding(house, record, sayDay).split('\n')[0] || (
                  <Trans>Something was removed</Trans>
                )}
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </Notice>
  )
}
