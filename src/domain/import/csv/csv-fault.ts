/** Why a row is refused; `value` is its text. Screens choose the words. */
export type CsvFault = Readonly<{
  code:
    | 'no-name'
    | 'too-many-cells'
    | 'date-unread'
    | 'date-impossible'
    | 'date-two-ways'
    | 'nhs-number-wrong'
    | 'gender-unknown'
    | 'email-wrong'
    | 'twice'
    | 'quote-open'
    | 'no-value'
    | 'shortened'
    | 'cut'
    | 'left-before'
    | 'too-long'
  value: string
}>
