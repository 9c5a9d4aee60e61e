import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { reconciledQuery } from '#client/queries/discharge/medicines.ts'
import { recordQuery } from '#client/queries/patient/record-query.ts'
import {
  type ListedMedicine,
  type MedicineRow,
  medicineChange,
  medicineMatch,
  medicinesInOrder,
  needsSorting,
} from '#domain/discharge/medicine-row.ts'
import type { ReconciledRow } from '#domain/discharge/reconciled-row.ts'
import { rowsFromRecord } from '#domain/discharge/rows-from-record.ts'
import type { WardStay } from '#domain/discharge/ward-stay.ts'
import { medicineChangeLabels, medicineChangeShapes } from '#features/home-from-hospital/labels.ts'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { StateMark } from '#ui/feedback/state-mark.tsx'
import { Button } from '#ui/layout/button.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { MedicineForm } from './medicine-form.tsx'
import './medicines.css'

/** Medicines before and after the stay, row by row: what needs somebody comes first. */
export function MedicinesSection({ stay }: { stay: WardStay }) {
  const { data: stored } = useSuspenseQuery(reconciledQuery(stay.person, stay.id))
  const { data: record } = useSuspenseQuery(recordQuery(stay.person))
  const [open, setOpen] = useState<string>()
  const rows = medicinesInOrder(rowsFromRecord(record.medicines, stored, stay))
  const toSort = rows.filter(needsSorting).length
  return (
    <section className="gable-section" aria-labelledby="stay-medicines">
      <h2 id="stay-medicines">
        <Trans>Medicines, before and after</Trans>
      </h2>
      <p className="gable-meta">
        <Plural value={rows.length} one="# medicine" other="# medicines" />,{' '}
        <Plural value={toSort} one="# to sort out" other="# to sort out" />.{' '}
        <Trans>
          The surgery’s own list stays as it is until a prescriber changes it. Gable gives no advice
          on medicines.
        </Trans>
      </p>
      {rows.length === 0 ? (
        <EmptyState title={<Trans>No medicines are recorded</Trans>} />
      ) : (
        <table className="stay-medicines">
          <thead>
            <tr>
              <th scope="col">
                <Trans>Medicine</Trans>
              </th>
              <th scope="col">
                <Trans>Before</Trans>
              </th>
              <th scope="col">
                <Trans>The ward’s list</Trans>
              </th>
              <th scope="col">
                <Trans>In their hand</Trans>
              </th>
              <th scope="col">
                <Trans>So</Trans>
              </th>
              <th scope="col">
                <span className="nhsuk-u-visually-hidden">
                  <Trans>What to do</Trans>
                </span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row
                key={row.id}
                row={row}
                stay={stay}
                isOpen={open === row.id}
                onOpen={() => setOpen(row.id)}
                onDone={() => setOpen(undefined)}
              />
            ))}
          </tbody>
        </table>
      )}
      <NewMedicine stay={stay} isOpen={open === 'new'} setOpen={setOpen} />
    </section>
  )
}

function NewMedicine(
  props: Readonly<{
    stay: WardStay
    isOpen: boolean
    setOpen: (open: string | undefined) => void
  }>,
) {
  const { stay, isOpen, setOpen } = props
  if (isOpen) return <MedicineForm stay={stay} row={undefined} onDone={() => setOpen(undefined)} />
  return (
    <Button variant="outline" onClick={() => setOpen('new')}>
      <Trans>Add a medicine from the ward’s list</Trans>
    </Button>
  )
}

type RowProps = Readonly<{
  row: ReconciledRow
  stay: WardStay
  isOpen: boolean
  onOpen: () => void
  onDone: () => void
}>

function Row({ row, stay, isOpen, onOpen, onDone }: RowProps) {
  const { t } = useLingui()
  const { name, before, ward, hand, why, knows, written } = row
  return (
    <>
      <tr className={needsSorting(row) ? 'is-to-sort' : undefined}>
        <th scope="row">{name}</th>
        <td data-label={t`Before`}>
          <Listed said={before} not={t`did not have it`} />
        </td>
        <td data-label={t`The ward’s list`}>
          <Listed said={ward} not={t`stopped, or not on it`} />
        </td>
        <td data-label={t`In their hand`}>
          <Listed said={hand} not={t`does not take it`} />
        </td>
        <td data-label={t`So`}>
          <So row={row} />
          {[why, knows].filter(Boolean).map((words) => (
            <p className="gable-meta" key={words}>
              {words}
            </p>
          ))}
          {written ? (
            <p className="gable-meta">
              {written.by.name}, <DateText date={written.at} withTime />
            </p>
          ) : null}
        </td>
        <td>
          {isOpen ? null : (
            <Button variant="outline" onClick={onOpen} aria-label={t`Say what is right: ${name}`}>
              <Trans>Say what is right</Trans>
            </Button>
          )}
        </td>
      </tr>
      {isOpen ? (
        <tr>
          <td colSpan={6}>
            <MedicineForm stay={stay} row={row} onDone={onDone} />
          </td>
        </tr>
      ) : null}
    </>
  )
}

function Listed({ said: { says, how }, not }: Readonly<{ said: ListedMedicine; not: string }>) {
  if (says === 'unknown')
    return (
      <span className="stay-medicines__gap">
        <Trans>nobody has said</Trans>
      </span>
    )
  if (says === 'not') return <span className="stay-medicines__gap">{not}</span>
  return how || <Trans>has it</Trans>
}

function So({ row }: { row: MedicineRow }) {
  const { i18n } = useLingui()
  const change = medicineChange(row)
  const match = medicineMatch(row)
  if (match === 'does-not-match')
    return (
      <StateMark state="failed">
        <Trans>Does not match</Trans>
      </StateMark>
    )
  return (
    <>
      <StateMark state={medicineChangeShapes[change]}>
        {i18n._(medicineChangeLabels[change])}
      </StateMark>
      {match === 'not-asked' && change !== 'not-known' ? (
        <p className="gable-meta">
          <Trans>Not asked yet what they take</Trans>
        </p>
      ) : null}
    </>
  )
}
