#pragma once

#include <QObject>

namespace confab {

class LocalServerHost;
class LocalServerPage;

/// The settings page about the server of this computer, filled from the server's host and acting on
/// it. Lives as long as the page, its parent; GUI thread.
class LocalServerSettings : public QObject
{
    Q_OBJECT

public:
    LocalServerSettings(LocalServerPage &page, LocalServerHost &host);

private:
    void connectUsers();
    void refresh();

    LocalServerPage &m_page;
    LocalServerHost &m_host;
};

}
