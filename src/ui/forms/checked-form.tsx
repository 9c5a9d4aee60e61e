import type { FormHTMLAttributes } from 'react'
import { focusFirstError } from './focus-first-error.ts'

type CheckedFormProps = Omit<FormHTMLAttributes<HTMLFormElement>, 'onSubmit' | 'noValidate'> &
  Readonly<{ onSubmit: () => void | Promise<void> }>

/** A form whose fields show their own errors: after each try the focus moves to the first one. */
export function CheckedForm({ onSubmit, ...rest }: CheckedFormProps) {
  return (
    <form
      {...rest}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void onSubmit()
        focusFirstError(event.currentTarget)
      }}
    />
  )
}
