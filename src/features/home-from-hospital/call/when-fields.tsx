import { useLingui } from '@lingui/react/macro'
import { clockToday } from '#client/clock.ts'
import type { CallTimeFault } from '#domain/contact/call-time.ts'
import { DateField } from '#ui/forms/date-field.tsx'
import { Radios } from '#ui/forms/radios.tsx'
import { TextField } from '#ui/forms/text-field.tsx'

export type TypedWhen = Readonly<{ earlier: boolean; day: string; time: string }>

type Props = Readonly<{
  when: TypedWhen
  change: (fields: Partial<TypedWhen>) => void
  fault: CallTimeFault | undefined
}>

/** When the call was: just now, or at a time that is said, for whoever writes down several at the end of the day. */
export function WhenFields({ when, change, fault }: Props) {
  const { t } = useLingui()
  const faults: Readonly<Record<CallTimeFault, string>> = {
    'no-time': t`Enter the time of the call, such as 09:10`,
    future: t`This time is still to come`,
    'before-home': t`They were still in hospital then`,
  }
  return (
    <>
      <Radios
        inline
        legend={t`When was it?`}
        name="when"
        value={when.earlier ? 'earlier' : 'now'}
        onChange={(value) =>
          change({ earlier: value === 'earlier', day: when.day || clockToday() })
        }
        options={[
          { value: 'now', label: t`Just now` },
          { value: 'earlier', label: t`Earlier` },
        ]}
      />
      {when.earlier ? (
        <>
          <DateField label={t`Day`} value={when.day} onChange={(day) => change({ day })} />
          <TextField
            label={t`Time`}
            type="time"
            width={10}
            value={when.time}
            onChange={(time) => change({ time })}
            error={fault ? faults[fault] : undefined}
          />
        </>
      ) : null}
    </>
  )
}
