import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import type { DeviceFault, DeviceRow } from '#domain/reading/device-rows.ts'
import { useReadingLabels } from '#features/parts/reading-labels.tsx'
import { DateText } from '#ui/text/date-text.tsx'

type Kept = Exclude<DeviceRow, { is: 'refused' }>
type Refused = Extract<DeviceRow, { is: 'refused' }>

/** What would be kept, what is here already, and what would not be kept with its reason. Nothing has been kept yet. */
export function DevicePreview({
  rows,
  device,
}: Readonly<{ rows: readonly DeviceRow[]; device: string }>) {
  const coming = rows.filter((row): row is Kept => row.is === 'new')
  const count = coming.length
  const here = rows.filter(({ is }) => is === 'here').length
  const refused = rows.filter((row): row is Refused => row.is === 'refused')
  return (
    <>
      <p>
        <strong>
          <Trans>New readings in this file: {count}. Nothing is kept yet.</Trans>
        </strong>{' '}
        {here > 0 ? <Trans>Here already: {here}.</Trans> : null}
      </p>
      <ul className="gable-list">
        {coming.map((row) => (
          <li key={row.reading.id}>
            <KeptWords row={row} device={device} />
          </li>
        ))}
      </ul>
      {refused.length > 0 ? (
        <>
          <p>
            <strong>
              <Trans>Not kept:</Trans>
            </strong>
          </p>
          <ul className="gable-list">
            {refused.map((row) => (
              <li key={`${row.line} ${row.why} ${row.written}`}>
                <RefusedWords row={row} />
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </>
  )
}

function KeptWords({ row, device }: Readonly<{ row: Kept; device: string }>) {
  const words = useReadingLabels()
  const { reading, sent, converted } = row
  const kept = words.value(reading)
  const name = row.device || device
  return (
    <>
      <strong>
        {words.name(reading.kind)}{' '}
        <bdi>
          {converted ? (
            <Trans>
              {sent}, kept as {kept}
            </Trans>
          ) : (
            kept
          )}
        </bdi>
      </strong>
      , <DateText date={reading.at} withTime={reading.at.length > 10} />
      {name ? (
        <>
          , <bdi>{name}</bdi>
        </>
      ) : null}
    </>
  )
}

const faults: Readonly<Record<DeviceFault, MessageDescriptor>> = {
  'not-a-number': msg`this is no number`,
  'unknown-unit': msg`the unit is not known for this reading`,
  'no-unit': msg`which unit? The file does not say. Ask the app for a file with units`,
  'too-low': msg`too low to be right`,
  'too-high': msg`too high to be right`,
  'lower-number': msg`both numbers of a blood pressure are needed, the second one smaller`,
  'no-day': msg`the day or the time cannot be read`,
  'no-time': msg`the day or the time cannot be read`,
  'in-the-future': msg`the time is in the future. Look at the clock of the device`,
  'long-ago': msg`more than a year ago. Look at the year on the device`,
  'no-kind': msg`we do not know this kind of reading`,
  'no-amount': msg`there is no reading in this line`,
  'other-person': msg`the file is about another person`,
  broken: msg`this line cannot be read`,
}

function RefusedWords({ row: { line, why, written } }: { row: Refused }) {
  const { i18n } = useLingui()
  const reason = i18n._(faults[why])
  return (
    <Trans>
      Line {line}, “<bdi>{written}</bdi>”: {reason}
    </Trans>
  )
}
