import { useLingui } from '@lingui/react/macro'
import type { WhoReadsMessages } from '#domain/message/messages-answer.ts'
import { Radios } from '#ui/forms/radios.tsx'
import type { MessageAudience } from './message-audience.ts'
import { WhoReads } from './who-reads.tsx'

type Props = Readonly<{
  audiences: readonly MessageAudience[]
  chosen: MessageAudience | undefined
  who: WhoReadsMessages | undefined
  givenName: string
  /** it begins a thread: in one that is there its readers stand above it */
  isNew: boolean
  tried: boolean
  onChange: (key: string) => void
}>

/** Who reads what is written: asked for if there is a choice, and told if there is none. */
export function ReadersField(props: Props) {
  const { t } = useLingui()
  const { audiences, chosen, who, givenName, isNew, tried, onChange } = props
  const labelOf = ({ readers, carers }: MessageAudience) => {
    if (readers === 'person') return t`${givenName} and the care team`
    if (readers === 'team') return t`Only professionals who care for ${givenName}`
    if (readers === 'carers')
      return t`All together: ${givenName}, the care team and carers with whom the conversation is shared`
    const name = carers.map((each) => each.name).join(', ')
    return t`${name} and the care team. ${givenName} can read it, other carers cannot`
  }
  if (audiences.length === 1)
    return isNew && chosen ? (
      <WhoReads readers={chosen.readers} carers={chosen.carers} {...{ who, givenName }} />
    ) : null
  return (
    <Radios
      legend={t`Who reads it?`}
      name="message-readers"
      value={chosen?.key ?? ''}
      onChange={onChange}
      error={tried && !chosen ? t`Select who reads it` : undefined}
      options={audiences.map((each) => ({ value: each.key, label: labelOf(each) }))}
    />
  )
}
