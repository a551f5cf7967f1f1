#include "app/confabctl/searchcommand.h"

#include "store/search/hitmarker.h"

namespace confab {

void SearchCommand::start()
{
    const SearchQuery query = parseSearch(options().query, topics());
    if (query.isEmpty()) {
        giveUp(tr("the query has no words; see --help."), exitcode::kUsage);
        return;
    }
    connect(&account().archive(), &Archive::searched, this, &SearchCommand::print);
    account().archive().search(SearchPlace::Account, query);
}

void SearchCommand::print(const SearchPage &page)
{
    const int limit = options().limit;
    HitMarker marker(page.query);
    for (const SearchHit &hit : page.hits) {
        if (limit == 0 || m_printed < limit) {
            printer().hit(topics(), hit, marker.snippet(QString::fromUtf8(hit.text)).text);
            ++m_printed;
        }
    }
    if (page.next != 0 && (limit == 0 || m_printed < limit))
        account().archive().search(page.place, page.query, page.next);
    else
        emit finished(exitcode::kDone);
}

}
