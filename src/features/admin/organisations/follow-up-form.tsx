import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { useDraft } from '#client/forms/use-draft.ts'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { type Office, saveFollowUp } from '#client/queries/admin/office-hours.ts'
import { type HolidayCalendar, holidayCalendars } from '#domain/calendar/holiday-calendars.ts'
import {
  type FollowUpChoice,
  type FollowUpRuleCode,
  followUpRuleCodes,
  followUpRules,
} from '#domain/discharge/follow-up-rule.ts'
import { ruleLabels } from '#features/parts/follow-up/rule-labels.ts'
import { SaveOrCancel } from '#features/parts/saving/save-or-cancel.tsx'
import { Radios } from '#ui/forms/radios.tsx'
import { SelectField } from '#ui/forms/select-field.tsx'
import { Button } from '#ui/layout/button.tsx'

const calendarLabels: Readonly<Record<HolidayCalendar, MessageDescriptor>> = {
  'england-and-wales': msg`England and Wales`,
  scotland: msg`Scotland`,
  'northern-ireland': msg`Northern Ireland`,
  'us-federal': msg`United States, federal holidays`,
}

/** By when the organisation calls somebody who came home from hospital, and whose holidays it keeps. */
export function FollowUpForm({ office }: { office: Office }) {
  const { t, i18n } = useLingui()
  const [isOpen, setOpen] = useState(false)
  const { rule, calendar } = office.followUp
  return (
    <>
      <p>
        <Trans>
          After a stay in hospital: {i18n._(ruleLabels[rule])} ({rule}). Holidays:{' '}
          {i18n._(calendarLabels[calendar])}.
        </Trans>
      </p>
      {isOpen ? (
        <ChoiceForm office={office} onDone={() => setOpen(false)} />
      ) : (
        <Button
          variant="outline"
          onClick={() => setOpen(true)}
          aria-label={t`Change when to call: ${office.name}`}
        >
          <Trans>Change when to call</Trans>
        </Button>
      )}
    </>
  )
}

function ChoiceForm({ office, onDone }: Readonly<{ office: Office; onDone: () => void }>) {
  const { t, i18n } = useLingui()
  const [typed, setTyped, clear] = useDraft<FollowUpChoice>(
    `follow-up:${office.id}`,
    office.followUp,
  )
  const saving = useSaveState()
  const close = () => {
    clear()
    onDone()
  }
  const save = async () => {
    if (await saving.run(() => saveFollowUp(office.id, typed))) close()
  }
  return (
    <div className="hours-form">
      <Radios
        legend={t`By when is somebody called who came home from hospital?`}
        name={`follow-up-${office.id}`}
        value={typed.rule}
        onChange={(rule) =>
          setTyped({
            rule: rule as FollowUpRuleCode,
            calendar: followUpRules[rule as FollowUpRuleCode].calendar,
          })
        }
        options={followUpRuleCodes.map((value) => ({
          value,
          label: `${value}: ${i18n._(ruleLabels[value])}`,
          hint: followUpRules[value].source,
        }))}
      />
      <SelectField
        label={t`Whose holidays count?`}
        hint={t`The days from 2025 to 2028 are known. For another year the page says so.`}
        value={typed.calendar}
        onChange={(calendar) => setTyped({ ...typed, calendar: calendar as HolidayCalendar })}
        options={holidayCalendars.map((value) => ({
          value,
          label: i18n._(calendarLabels[value]),
        }))}
      />
      <SaveOrCancel
        saving={saving}
        onSave={() => void save()}
        onCancel={close}
        save={<Trans>Save when to call</Trans>}
      />
    </div>
  )
}
