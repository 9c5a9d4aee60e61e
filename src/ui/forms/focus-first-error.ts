/** Moves the focus to the first field with an error, once it is rendered: nobody should have to look for it. */
export function focusFirstError(form: HTMLElement | null): void {
  setTimeout(() => {
    form
      ?.querySelector<HTMLElement>('[aria-invalid="true"], .nhsuk-form-group--error input')
      ?.focus()
  })
}
