import { prepareDelivery } from '../packages/server/src/http/protocol-delivery.ts'
import { collectForeignEvent } from '../packages/server/src/collect/foreign-event.ts'
import { createVisitors } from '../packages/server/src/collect/visitor.ts'
import { segment } from '../packages/server/src/collect/protocols/segment.ts'
const visitors = createVisitors(Buffer.alloc(32, 1), { kind: 'daily', saltOf: () => Buffer.alloc(16, 2) })
const route = segment.routes.find((r)=>r.path==='/v1/track')!
const mk=(n:number)=>Buffer.from(JSON.stringify({ type:'track', event:'Order Completed', anonymousId:'0b7a3d5e-1a5e-4a54-9f37-6f7d5e1c2b3a', userId:'u-'+n, messageId:'ajs-next-1747900000-'+n, timestamp:new Date().toISOString(), sentAt:new Date().toISOString(), properties:{ order_id:'o-1', revenue: 19.99, currency:'EUR', plan:'family', tags:['a','b'] }, context:{ library:{name:'analytics.js',version:'next-1.70.0'}, page:{ path:'/checkout', url:'https://www.example.com/checkout?step=2', referrer:'https://www.google.com/', title:'Checkout', search:'?step=2' }, userAgent:'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36', locale:'de-DE', timezone:'Europe/Berlin' }, integrations:{} }))
const deps:any={ resolveCredential:()=>({source:'website',environment:'production',keyId:'x'}), collectForeign:(e:any,c:any)=>collectForeignEvent(e,{...c,visitors}), now:Date.now }
const headers={authorization:'Basic '+Buffer.from('alm_abc:').toString('base64'),'content-type':'application/json','user-agent':'node-fetch'}
const bodies=Array.from({length:1000},(_,n)=>mk(n))
const run=(n:number)=>{ let bytes=0; for(let i=0;i<n;i++){ const p=prepareDelivery(deps,[{protocol:segment,route}],{method:'POST',path:'/v1/track',query:'',params:{},headers,address:'127.0.0.1',body:bodies[i%1000]!}); bytes+=p.frames[0]!.length } return bytes }
run(20000); const t=performance.now(); run(100000); console.log('us per event',((performance.now()-t)/100).toFixed(2)); const t2=performance.now(); for(let i=0;i<100000;i++) JSON.parse(bodies[i%1000]!.toString()); console.log('parse alone',((performance.now()-t2)/100).toFixed(2), bodies[0]!.length)
