/** Answers to questionnaires, and scores made of them, leave the clinical record that may be shared: they are the person’s own. */
const ofAnswers = (table: string) => `
update ${table} set room = 'own' where room = 'record' and (rt = 'QuestionnaireResponse'
  or (rt = 'Observation' and content->'derivedFrom' @? '$[*].reference ? (@ starts with "QuestionnaireResponse/")'));
`

export const sql0006OwnAnswers = ofAnswers('resource') + ofAnswers('history')
