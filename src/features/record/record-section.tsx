import { Trans, useLingui } from '@lingui/react/macro'
import { useRestrictions } from '#client/queries/consent/restrictions.ts'
import type { PersonRecord, RecordEntry, WhatFor } from '#domain/record/person-record.ts'
import { conditionWords } from '#features/parts/record/condition-words.ts'
import { medicineWords } from '#features/parts/record/medicine-words.ts'
import { TheRecordSays } from '#features/parts/record/the-record-says.tsx'
import { RestrictedMark } from '#ui/feedback/restricted-mark.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { OwnText } from '#ui/text/own-text.tsx'

export type SectionKind = Exclude<keyof PersonRecord, 'results'> | 'circumstances'

function useTitles(): Readonly<Record<SectionKind, Readonly<{ now: string; past: string }>>> {
  const { t } = useLingui()
  return {
    allergies: { now: t`Allergies`, past: t`Allergies that are over` },
    conditions: { now: t`Illnesses`, past: t`Illnesses that are over` },
    circumstances: { now: t`Good to know`, past: t`No longer so` },
    medicines: { now: t`Medicines`, past: t`Medicines that were stopped` },
    stays: { now: t`In hospital now`, past: t`Hospital stays` },
    vaccinations: { now: t`Vaccinations`, past: t`Vaccinations` },
  }
}

type Props = Readonly<{ kind: SectionKind; entries: readonly RecordEntry[] }>

/** One kind of record: what is so now, then what is over, each newest first. */
export function RecordSection({ kind, entries }: Props) {
  const titles = useTitles()[kind]
  const current = entries.filter(({ isOver }) => !isOver)
  const past = entries.filter(({ isOver }) => isOver)
  return (
    <>
      {current.length > 0 ? <Entries title={titles.now} kind={kind} entries={current} /> : null}
      {past.length === 0 ? null : kind === 'stays' ? (
        <Entries title={titles.past} kind={kind} entries={past} />
      ) : (
        <details className="record-past">
          <summary>{titles.past}</summary>
          <ul className="my-list">
            {past.map((entry) => (
              <Entry key={entry.id} entry={entry} kind={kind} />
            ))}
          </ul>
        </details>
      )}
    </>
  )
}

function Entries({ title, entries, kind }: Props & { title: string }) {
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      <ul className="my-list">
        {entries.map((entry) => (
          <Entry key={entry.id} entry={entry} kind={kind} />
        ))}
      </ul>
    </section>
  )
}

function Entry({ entry, kind }: Readonly<{ entry: RecordEntry; kind: SectionKind }>) {
  const { t, i18n } = useLingui()
  const restrictionOf = useRestrictions()
  const { coded, detail } = entry
  const plain = entry.plain && conditionWords[entry.plain]
  const words = coded || t`No name given`
  return (
    <li className="my-card record-entry">
      <p>
        <b>{plain ? i18n._(plain.words) : (recordWords(coded) ?? words)}</b>
      </p>
      {plain?.means ? <p>{i18n._(plain.means)}</p> : null}
      {detail ? <p>{recordWords(detail)}</p> : null}
      {kind === 'medicines' ? <MedicineIsFor why={entry.why} /> : null}
      <p className="my-small">
        <CodedWord isPlain={plain !== undefined} kind={kind} words={words} /> <When entry={entry} />{' '}
        {entry.by ? (
          <Trans>From {entry.by}.</Trans>
        ) : (
          <Trans>It does not say who wrote it down.</Trans>
        )}
      </p>
      <RestrictedMark to="person" restriction={restrictionOf(entry.id)} />
    </li>
  )
}

/** They are English in every language of the page. */
const recordWords = (words: string | undefined) => (words ? <OwnText>{words}</OwnText> : undefined)

function MedicineIsFor({ why }: Readonly<{ why: WhatFor | undefined }>) {
  const { i18n } = useLingui()
  if (!why)
    return (
      <p>
        <Trans>The record does not say what it is for. Ask your pharmacist.</Trans>
      </p>
    )
  if (!why.isFromRecord)
    return (
      <p>
        <Trans>The record does not say what it is for.</Trans> {i18n._(medicineWords[why.use])}
      </p>
    )
  const reason = <OwnText>{why.words}</OwnText>
  return (
    <p>
      {why.plain ? (
        <Trans>
          What it is for: {i18n._(conditionWords[why.plain].words)}. The record says: {reason}.
        </Trans>
      ) : (
        <Trans>What it is for: {reason}.</Trans>
      )}
    </p>
  )
}

const hasGlossary: readonly SectionKind[] = ['conditions', 'circumstances', 'stays']

function CodedWord(
  props: Readonly<{ isPlain: boolean; kind: SectionKind; words: string }>,
): React.ReactNode {
  if (props.isPlain) return <TheRecordSays words={props.words} />
  return hasGlossary.includes(props.kind) ? (
    <Trans>There is no plain word for this yet.</Trans>
  ) : null
}

function When({ entry: { at, until } }: { entry: RecordEntry }) {
  if (at && until)
    return (
      <Trans>
        <DateText date={at} /> to <DateText date={until} />.
      </Trans>
    )
  const since = at ?? until
  if (!since) return <Trans>No date.</Trans>
  return (
    <Trans>
      Since <DateText date={since} />.
    </Trans>
  )
}
