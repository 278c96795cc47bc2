/**
 * Sites whose links are in nobody's page: programs name them as the referrer so that people who read their statistics look
 * them up. A host counts with its subdomains.
 */
export function isReferrerSpam(host: string): boolean {
  for (let rest = host; rest !== ''; ) {
    if (SPAMMERS.has(rest)) return true
    const dot = rest.indexOf('.')
    if (dot < 0) return false
    rest = rest.slice(dot + 1)
  }
  return false
}

const SPAMMERS = new Set(
  `100dollars-seo.com 1-99seo.com 4webmasters.org adviceforum.info anticrawler.org best-seo-offer.com best-seo-software.xyz
   best-seo-solution.com bestwebsitesawards.com blackhatworth.com bot-traffic.icu bot-traffic.xyz buttons-for-website.com
   buttons-for-your-website.com buy-cheap-online.info cenokos.ru cenoval.ru cyprusbuyproperties.com darodar.com
   descargar-musica-gratis.net e-buyeasy.com econom.co event-tracking.com eyes-on-you.ga forum69.info
   free-share-buttons.com free-social-buttons.com free-floating-buttons.com get-free-social-traffic.com
   get-free-traffic-now.com get-your-social-buttons.info getyourimage.club googlsucks.com guardlink.org hulfingtonpost.com
   humanorightswatch.org hundejo.com ilovevitaly.co ilovevitaly.com ilovevitaly.ru iskalko.ru kambasoft.com keywords-monitoring-success.com
   keywords-monitoring-your-success.com law-check-two.xyz lomb.co lombia.co luxup.ru make-money-online.com
   meendo-free-traffic.ga netvibes-traffic.com o-o-6-o-o.com o-o-6-o-o.ru o-o-8-o-o.com o-o-8-o-o.ru offers.bycontext.com
   online-hit.info pornhub-forum.ga priceg.com qualitymarketzone.com rankings-analytics.com resellerclub-traffic.com
   savetubevideo.com semalt.com semaltmedia.com seo-platform.com seoexperimenty.ru seo-2-0.com sharebutton.net
   simple-share-buttons.com site-auditor.online slftsdybbg.ru social-buttons.com socialseet.ru success-seo.com
   superiends.org theguardlan.com top1-seo-service.com top10-way.com traffic2cash.xyz traffic2money.com trafficmonetize.org
   trafficmonetizer.org trafficbot.life trafficbot.live uptime.com-traffic.info videos-for-your-business.com
   video--production.com vitaly-rules-google.com vodkoved.ru web-revenue.xyz webmonetizer.net webmaster-traffic.com
   website-analyzer.info websites-reviews.com white-hat-seo.info ww2awards.info yourserverisdown.com`.split(/\s+/),
)
