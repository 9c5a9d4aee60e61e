import { type ReactNode, useId } from 'react'
import { describedBy, FieldError } from './field.tsx'

export type ChoiceOption = Readonly<{ value: string; label: ReactNode; hint?: ReactNode }>

export type ChoiceGroupProps = Readonly<{
  legend: ReactNode
  hint?: ReactNode
  error?: ReactNode
  options: readonly ChoiceOption[]
  id?: string
  className?: string
}>

type OwnProps = Readonly<{
  kind: 'radios' | 'checkboxes'
  inline?: boolean | undefined
  /** for filters beside a list */
  small?: boolean | undefined
  name: string | undefined
  isChosen: (value: string) => boolean
  onChoose: (value: string) => void
}>

/** Question, hint, error and answers, in reading order. The first answer has the id: an error links to it. */
export function ChoiceGroup({
  legend,
  hint,
  error,
  id,
  className = '',
  options,
  kind,
  inline,
  small,
  ...rest
}: ChoiceGroupProps & OwnProps) {
  const ownId = useId()
  const groupId = id ?? ownId
  return (
    <div className={`nhsuk-form-group ${error ? 'nhsuk-form-group--error' : ''} ${className}`}>
      <fieldset
        className="nhsuk-fieldset"
        aria-describedby={describedBy({ id: groupId, hint, error })}
      >
        <legend className="nhsuk-fieldset__legend">{legend}</legend>
        {hint ? (
          <div className="nhsuk-hint" id={`${groupId}-hint`}>
            {hint}
          </div>
        ) : null}
        <FieldError id={groupId} error={error} />
        <div
          className={`nhsuk-${kind} ${inline ? `nhsuk-${kind}--inline` : ''} ${small ? `nhsuk-${kind}--small` : ''}`}
        >
          {options.map((option, place) => (
            <Choice
              key={option.value}
              id={place === 0 ? groupId : `${groupId}-${place}`}
              {...{ option, kind, ...rest }}
            />
          ))}
        </div>
      </fieldset>
    </div>
  )
}

type ChoiceProps = Omit<OwnProps, 'inline'> & Readonly<{ id: string; option: ChoiceOption }>

function Choice({ id, option, kind, name, isChosen, onChoose }: ChoiceProps) {
  // two names, so that the first answer’s hint is never taken for the hint of the whole question
  const hintId = `${id}-answer-hint`
  return (
    <div className={`nhsuk-${kind}__item`}>
      <input
        className={`nhsuk-${kind}__input`}
        id={id}
        type={kind === 'radios' ? 'radio' : 'checkbox'}
        name={name}
        value={option.value}
        checked={isChosen(option.value)}
        aria-describedby={option.hint ? hintId : undefined}
        onChange={() => onChoose(option.value)}
      />
      <label className={`nhsuk-label nhsuk-${kind}__label`} htmlFor={id}>
        {option.label}
      </label>
      {option.hint ? (
        <div className={`nhsuk-hint nhsuk-${kind}__hint`} id={hintId}>
          {option.hint}
        </div>
      ) : null}
    </div>
  )
}
