import { expect, test } from 'vitest'
import { campaignMarks } from './campaign.ts'

const campaignOf = (query: string) => campaignMarks(`https://example.com/a?${query}`).campaign

test.each([
  {
    query: 'utm_source=news&utm_medium=email&utm_campaign=may&utm_term=shoes&utm_content=top&utm_id=7',
    campaign: { source: 'news', medium: 'email', name: 'may', term: 'shoes', content: 'top', id: '7' },
  },
  {
    query: 'mtm_campaign=a&mtm_kwd=b&mtm_source=c&mtm_medium=d&mtm_content=e&mtm_cid=f&mtm_group=g&mtm_placement=h',
    campaign: { name: 'a', term: 'b', source: 'c', medium: 'd', content: 'e', id: 'f', group: 'g', placement: 'h' },
  },
  { query: 'pk_cpn=a&pk_keyword=b', campaign: { name: 'a', term: 'b' } },
  { query: 'matomo_campaign=a&piwik_kwd=b', campaign: { name: 'a', term: 'b' } },
  { query: 'UTM_Source=News%20letter&utm_source=other', campaign: { source: 'News letter' } },
  { query: 'pk_source=old&utm_source=new', campaign: { source: 'new' } },
  { query: 'utm_source=&pk_source=x', campaign: { source: 'x' } },
  { query: `utm_source=${'x'.repeat(300)}`, campaign: { source: 'x'.repeat(200) } },
  { query: 'utm_source=%00', campaign: { source: '\ufffd' } },
  { query: 'utm_source=a#utm_source=b&utm_medium=c', campaign: { source: 'a', medium: 'c' } },
  { query: '#mtm_campaign=spring', campaign: { name: 'spring' } },
  { query: '#/shop?utm_source=mail', campaign: { source: 'mail' } },
  { query: 'a=1#utm', campaign: {} },
  { query: 'q=utm_source', campaign: {} },
])('the query $query names the campaign $campaign', ({ query, campaign }) => {
  expect(campaignOf(query)).toEqual(campaign)
})

test.each([
  { query: 'source=a&ref=b', source: 'a' },
  { query: 'ref=b', source: 'b' },
  { query: 'xref=b&data_source=c', source: undefined },
])('of $query the loose source is $source', ({ query, source }) => {
  expect(campaignMarks(`/a?${query}`).looseSource).toBe(source)
})

test.each([
  { query: 'gclid=Cj0K', click: { kind: 'gclid', id: 'Cj0K', network: { site: 'Google', medium: 'cpc' } } },
  { query: 'fbclid=A&gclid=B', click: { kind: 'gclid', id: 'B' } },
  { query: 'fbclid=A', click: { kind: 'fbclid', id: 'A', network: { site: 'Facebook', medium: undefined } } },
  { query: 'ScCid=A', click: { kind: 'sccid', id: 'A' } },
  { query: 'irclickid=A', click: { kind: 'irclickid', network: { medium: 'affiliate' } } },
])('of $query the click is $click', ({ query, click }) => {
  expect(campaignMarks(`https://example.com/?${query}`).click).toMatchObject(click)
})

test('every click id is found', () => {
  const ids = `gclid gbraid wbraid dclid msclkid yclid ttclid twclid li_fat_id rdt_cid sccid qclid epik fbclid tblci dicbo
    irclickid cjevent awc tduid`
  for (const kind of ids.split(/\s+/)) expect(campaignMarks(`/?a=1&${kind}=x`).click?.kind).toBe(kind)
})

test('an address without a query has no marks', () => {
  expect(campaignMarks('https://example.com/utm_source=a')).toEqual({
    campaign: {},
    looseSource: undefined,
    click: undefined,
  })
})
