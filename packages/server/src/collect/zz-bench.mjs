import {readFileSync,writeFileSync,mkdtempSync,rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {openTextSource} from './text-source.ts'
import {readLines} from './line-reader.ts'
import {LOG_FORMATS} from './log-formats/log-formats.ts'
import {createContentIds} from './content-ids.ts'
import {createVisitors} from './visitor.ts'
import {createLineEncoder} from '../cli/import/line-encoder.ts'
import {importChunks} from '../cli/import/chunks.ts'
import {readFrom} from '../cli/import/read-from.ts'
const log=readFileSync('/work/shared/data/access.log')
const dir=mkdtempSync(join(tmpdir(),'h4-'));const big=join(dir,'big.log');
writeFileSync(big,Buffer.concat(Array(50).fill(log)))
const key=Buffer.alloc(32,7),ctx={nowMs:Date.now(),environment:'production'}
const T=async(name,f)=>{const t=performance.now();const n=await f();const ms=performance.now()-t;console.log(name.padEnd(28),(ms*1000/n).toFixed(2),'us/line',Math.round(n/ms*1000),'lines/s',n)}
try{
 // facts
 const vis=createVisitors(key,{kind:'stable'});let ok=0,bytes=0,s404=0,rej=[];const pairs=new Set
 for(const l of log.toString().split('\n')){if(!l)continue;const p=LOG_FORMATS.combined.parse(l,ctx);if('rejected' in p){rej.push(p.rejected);continue}
  ok++;bytes+=p.draft.event.bytes??0;if(p.draft.event.status===404)s404++;pairs.add(vis.visitorOf({source:'w',address:p.draft.address,userAgent:p.draft.event.userAgent,atMs:p.draft.event.at}).visitor)}
 console.log({ok,bytes,s404,pairs:pairs.size,rej})
 for(let k=0;k<2;k++){
 const all=[];
 await T('read lines',async()=>{let n=0;const s=await openTextSource(big,[]);for await(const b of readLines(s.read(0))){n+=b.lines.length};await s.close();return n})
 {const s=await openTextSource(big,[]);for await(const b of readLines(s.read(0)))all.push(...b.lines);await s.close()}
 let parsed=[];
 await T('parse',async()=>{for(const l of all)LOG_FORMATS.combined.parse(l.text,ctx);return all.length})
 for(const l of all)parsed.push(LOG_FORMATS.combined.parse(l.text,ctx))
 await T('content ids',async()=>{const ids=createContentIds({identityKey:key,source:'w',environment:'production',stream:''});for(const l of all)ids.idOf(l.bytes,l.offset);return all.length})
 await T('visitors',async()=>{const v=createVisitors(key,{kind:'stable'});for(const p of parsed)if(p.draft)v.visitorOf({source:'w',address:p.draft.address,userAgent:p.draft.event.userAgent,atMs:1});return all.length})
 await T('json',async()=>{for(const p of parsed)if(p.draft)JSON.stringify({id:'01a200ee-d37f-7b53-9d67-6ae03a13e41b',idFrom:'content',...p.draft.event,visitor:'12345678901234567890',visitorKind:'stable_hash'});return all.length})
 parsed=[];all.length=0
 for(const identity of ['stable','daily'])
 await T('all, to chunks '+identity,async()=>{let n=0;const s=await openTextSource(big,[]);const e=createLineEncoder({format:LOG_FORMATS.combined,scope:{identityKey:key,source:'w',environment:'production',stream:''},identity,saltsOf:async d=>new Map(d.map(x=>[x,key])),fileName:'x',nowMs:Date.now()});for await(const c of importChunks(readFrom(s,{bytes:0,lines:0},e),e)){n+=c.lines;Buffer.from(c.body)};await s.close();return n})
 }
 console.log(Math.round(process.memoryUsage().rss/1e6),'MB')
}finally{rmSync(dir,{recursive:true})}
