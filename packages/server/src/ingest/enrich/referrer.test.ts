import { expect, test } from 'vitest'
import { referrerFacts } from './referrer.ts'

test.each([
  ['https://www.google.com/', 'Google', ''],
  ['https://www.bing.com/search?q=red+shoes&form=x', 'Bing', 'red shoes'],
  ['https://de.search.yahoo.com/search?p=schuhe', 'Yahoo', 'schuhe'],
  ['https://yandex.ru/search/?text=%D1%82%D1%83%D1%84%D0%BB%D0%B8', 'Yandex', 'туфли'],
  ['http://www.baidu.com/s?ie=utf-8&word=a&wd=b', 'Baidu', 'b'],
  ['https://suche.gmx.net/web?su=x', 'GMX', 'x'],
  ['https://www.facebook.com/search?q=not+a+search+engine', 'Facebook', ''],
  [`https://www.bing.com/?q=${'x'.repeat(400)}`, 'Bing', 'x'.repeat(200)],
  ['https://www.bing.com/?q=%20', 'Bing', ''],
  ['android-app://com.google.android.gm/', 'Gmail', ''],
])('%s is a link from %s with the search for "%s"', (referrer, name, searchTerm) => {
  expect(referrerFacts(referrer)).toMatchObject({ site: { name }, searchTerm })
})

test.each(['-', 'about:blank', 'not an address', '/a?q=1', 'https://'])('"%s" is no referrer', (referrer) => {
  expect(referrerFacts(referrer)).toEqual({ host: '', site: undefined, searchTerm: '' })
})
