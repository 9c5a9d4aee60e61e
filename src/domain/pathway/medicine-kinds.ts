import { folded } from '#domain/person/folded.ts'

const words = (text: string): readonly string[] => text.split(' ')

const kinds = {
  'anti-inflammatory': words(
    'ibuprofen naproxen diclofenac celecoxib etoricoxib indometacin meloxicam mefenamic ketoprofen dexketoprofen piroxicam etodolac nabumetone flurbiprofen aceclofenac tenoxicam',
  ),
  anticoagulant: words(
    'apixaban rivaroxaban edoxaban dabigatran warfarin acenocoumarol phenindione',
  ),
  antiplatelet: words('aspirin clopidogrel ticagrelor prasugrel dipyridamole'),
  'ace-or-arb': words(
    'ramipril lisinopril perindopril enalapril captopril fosinopril quinapril trandolapril imidapril candesartan losartan valsartan irbesartan olmesartan telmisartan eprosartan azilsartan sacubitril',
  ),
  'water-tablet': words(
    'furosemide bumetanide torasemide indapamide bendroflumethiazide chlortalidone metolazone spironolactone eplerenone amiloride',
  ),
  opioid: words(
    'codeine codamol dihydrocodeine dydramol tramadol tramacet morphine oxycodone fentanyl buprenorphine tapentadol hydromorphone methadone meptazinol',
  ),
  laxative: words(
    'senna lactulose macrogol macrogols laxido movicol cosmocol bisacodyl docusate picosulfate ispaghula prucalopride naloxegol naldemedine glycerol danthron dantron',
  ),
  sedative: words(
    'diazepam temazepam lorazepam nitrazepam clonazepam oxazepam chlordiazepoxide loprazolam lormetazepam clobazam zopiclone zolpidem',
  ),
  antipsychotic: words(
    'risperidone olanzapine quetiapine haloperidol aripiprazole amisulpride sulpiride chlorpromazine levomepromazine promazine trifluoperazine flupentixol zuclopenthixol clozapine lurasidone',
  ),
  anticholinergic: words(
    'amitriptyline nortriptyline dosulepin clomipramine imipramine lofepramine trimipramine doxepin paroxetine solifenacin oxybutynin tolterodine trospium fesoterodine darifenacin propiverine hyoscine chlorphenamine hydroxyzine promethazine cyclizine procyclidine trihexyphenidyl orphenadrine',
  ),
  metformin: words('metformin'),
} as const satisfies Readonly<Record<string, readonly string[]>>

/**
 * Medicines by the names of what is in them: our own lists, not complete, and not a formulary. A medicine that is not in
 * them is not found: the screen says that nothing is shown does not mean that all is well.
 * @unverified care-card
 */
export type MedicineKind = keyof typeof kinds

/** Whether one of these substances is in the name of a medicine. */
export function isMedicineOf(kind: MedicineKind, name: string): boolean {
  const substances: readonly string[] = kinds[kind]
  return folded(name)
    .split(/[^a-z]+/)
    .some((each) => substances.includes(each))
}
