import {startServer} from '../main.ts'
import {loadConfig} from '../config/config.ts'
import {importCommand} from '../cli/import/import-command.ts'
import {mkdtempSync,rmSync,writeFileSync,readFileSync} from 'node:fs'
import {gzipSync} from 'node:zlib'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
const dir=mkdtempSync(join(tmpdir(),'h4-e2e-'))
const t0=performance.now()
let server
const watchdog=setTimeout(()=>{console.log('watchdog');server?.stop().finally(()=>process.exit(3))},200000)
try{
server=await startServer(loadConfig({},{dataDir:join(dir,'data'),port:0}))
console.log('started',Math.round(performance.now()-t0),'ms',server.url)
const imp=async(...args)=>{const t=performance.now();const c=importCommand({withServer:(d,run)=>run({url:server.url,token:server.localToken}),defaultDataDir:dir,stdin:process.stdin,stdout:process.stdout,stderr:process.stderr,setExitCode:c=>console.log('exit',c),onStop:()=>()=>{}});await c.parseAsync(args,{from:'user'});console.log(Math.round(performance.now()-t),'ms')}
const F=['--format','combined','--source','website','--identity','stable']
const log=readFileSync('/work/shared/data/access.log')
await imp('/work/shared/data/access.log',...F)
await imp('/work/shared/data/access.log',...F)
writeFileSync(join(dir,'a.gz'),gzipSync(log)); await imp(join(dir,'a.gz'),...F)
const q=async(s)=>{const r=await fetch(server.url+'/api/v1/sql',{method:'POST',headers:{authorization:'Bearer '+server.localToken,'content-type':'application/json'},body:JSON.stringify({sql:s})});console.log(JSON.stringify((await r.json()).rows??r.status))}
await q("select count(), uniqExact(visitor_id), sum(bytes), countIf(status=404) from events")
await q("select line, reason from quarantine")
const big=join(dir,'big.log');const days=[];for(let i=0;i<30;i++)days.push(Buffer.from(log.toString('latin1').replaceAll('May/2015',['Jan','Mar','May','Jul','Aug','Oct','Dec'][i%7]+'/'+(2016+Math.floor(i/7))),'latin1'))
writeFileSync(big,Buffer.concat(days))
await imp(big,...F)
await imp(big,...F)
}catch(e){console.log(e)}finally{await server?.stop();clearTimeout(watchdog);rmSync(dir,{recursive:true,force:true})}
