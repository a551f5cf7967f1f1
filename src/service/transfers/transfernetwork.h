#pragma once

#include <QNetworkAccessManager>

#include <memory>

namespace confab {

/// The HTTP of one account's files. Its making reads certificates and proxies, so not before a file
/// is to be moved. Network thread; outlives the jobs, whose replies it owns.
class TransferNetwork
{
public:
    QNetworkAccessManager &manager()
    {
        if (!m_manager) {
            m_manager = std::make_unique<QNetworkAccessManager>();
            m_manager->setAutoDeleteReplies(false);
        }
        return *m_manager;
    }

private:
    std::unique_ptr<QNetworkAccessManager> m_manager;
};

}
