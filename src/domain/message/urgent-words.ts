/**
 * Words that may mean that somebody cannot wait for an answer. The list is our own: it only brings up what to do now, beside
 * what is being written. It decides nothing, holds nothing back and is told to nobody. What it does not know, it does not
 * find; so what to do now stands first on the page whatever is written.
 *
 * Each entry is a part of a word or of a phrase, small, without marks on its letters, as `withoutMarks` gives it.
 */
const words: Readonly<Record<'en' | 'cy' | 'pl' | 'ur', readonly string[]>> = {
  en: [
    ...['chest pain', 'pain in my chest', 'pains in my chest', 'chest hurts', 'heart attack'],
    ...['cannot breathe', 'can t breathe', 'cant breathe', 'hard to breathe', 'out of breath'],
    ...['short of breath', 'breathless', 'choking', 'blue lips', 'lips are blue', 'stroke'],
    ...['face has dropped', 'cannot speak', 'can t speak', 'slurred', 'unconscious', 'collapsed'],
    ...['passed out', 'fainted', 'will not wake', 'won t wake', 'bleeding', 'blood in', 'overdose'],
    ...[
      'took too many',
      'too many tablets',
      'poison',
      'seizure',
      'having a fit',
      'had a fit',
      'emergency',
      'urgent',
    ],
    ...['ambulance', '999', 'kill myself', 'end my life', 'want to die', 'suicid', 'hurt myself'],
    ...['have fallen', 'has fallen', 'had a fall', 'cannot get up', 'can t get up', 'hit my head'],
    ...[
      'very confused',
      'suddenly confused',
      'sepsis',
      'not passed water',
      'allergic',
      'swollen tongue',
    ],
    ...['hits me', 'hit me', 'not safe', 'afraid of him', 'afraid of her'],
  ],
  cy: [
    ...['poen yn fy mrest', 'poen yn y frest', 'trawiad', 'methu anadlu', 'ddim yn gallu anadlu'],
    ...['anadlu n anodd', 'allan o wynt', 'tagu', 'gwefusau glas', 'strôc', 'stroc', 'llewygu'],
    ...['anymwybodol', 'gwaedu', 'gwaed yn', 'gorddos', 'gormod o dabledi', 'argyfwng', 'brys'],
    ...['ambiwlans', 'lladd fy hun', 'eisiau marw', 'hunanladd', 'wedi cwympo', 'wedi syrthio'],
    ...['methu codi', 'ddrysu', 'ddim yn ddiogel'],
  ],
  pl: [
    ...['bol w klatce', 'boli w klatce', 'bol w piersi', 'zawal', 'nie moge oddychac', 'dusznos'],
    ...['dusze sie', 'brak tchu', 'sine usta', 'udar', 'nie moge mowic', 'belkocze', 'nieprzytomn'],
    ...['zemdlal', 'stracil przytomnosc', 'stracila przytomnosc', 'krwawi', 'krew w', 'przedawkow'],
    ...['za duzo tabletek', 'otru', 'drgawki', 'pilne', 'nagly wypadek', 'karetk', 'pogotowi'],
    ...['zabic sie', 'odebrac sobie zycie', 'chce umrzec', 'samoboj', 'upadl', 'nie moge wstac'],
    ...['uderzyl', 'boje sie go', 'boje sie jej', 'nie jest bezpieczn'],
  ],
  ur: [
    ...['سینے میں درد', 'سینے میں تکلیف', 'دل کا دورہ', 'سانس نہیں', 'سانس لینے میں', 'سانس پھول'],
    ...['دم گھٹ', 'ہونٹ نیلے', 'فالج', 'بول نہیں', 'بے ہوش', 'بیہوش', 'خون بہ', 'خون آ'],
    ...['زیادہ گولیاں', 'زہر', 'دورہ پڑ', 'ہنگامی', 'فوری', 'ایمبولینس', 'خودکشی', 'مرنا چاہ'],
    ...[
      'گر گئی',
      'گر گیا',
      'گر گئے',
      'اٹھ نہیں',
      'سر پر چوٹ',
      'محفوظ نہیں',
      'مارتا ہے',
      'مارتی ہے',
    ],
  ],
}

/** Small letters without marks, one space between words: `Can’t  breathe!` is `can t breathe`. */
const withoutMarks = (text: string) =>
  text
    .toLowerCase()
    .replaceAll('ł', 'l')
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .normalize('NFC')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

const known = Object.values(words)
  .flat()
  .map((each) => withoutMarks(each))

/**
 * Which words of a text sound urgent, whatever language the page is in; none if nothing does.
 * @unverified urgent-words
 */
export function urgentWordsIn(text: string): readonly string[] {
  const plain = ` ${withoutMarks(text)} `
  return [...new Set(known.filter((each) => plain.includes(` ${each}`)))]
}
