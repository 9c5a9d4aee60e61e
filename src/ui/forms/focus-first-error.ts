/** Moves the focus to the first field with an error, once it is rendered, so that nobody has to search for it. */
export function focusFirstError(form: HTMLElement | null): void {
  setTimeout(() => {
    form
      ?.querySelector<HTMLElement>('[aria-invalid="true"], .nhsuk-form-group--error input')
      ?.focus()
  })
}
