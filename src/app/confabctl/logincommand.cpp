#include "app/confabctl/logincommand.h"

#include <QTimer>

namespace confab {

namespace {

const auto kSaved = QStringLiteral("slf");
constexpr std::chrono::seconds kSavedPatience{2};

}

void LoginCommand::start()
{
    // The first sign-in makes "Saved messages" a moment after the list of chats has come.
    if (account().config().kind == ServerKind::Plain || topics().find(kSaved)) {
        tell();
        return;
    }
    connect(&topics(), &TopicList::added, this, [this](Topic *topic) {
        if (topic->name() == kSaved)
            tell();
    });
    // Some servers have none.
    QTimer::singleShot(kSavedPatience, this, &LoginCommand::tell);
}

void LoginCommand::tell()
{
    if (std::exchange(m_told, true))
        return;
    const AccountConfig &config = account().config();
    printer().whoAmI(config.user, account().title(), config.login, account().serverName());
    emit finished(exitcode::kDone);
}

}
