#pragma once

#include "service/accountconfig.h"
#include "service/handshake.h"
#include "service/link.h"
#include "service/phase.h"
#include "service/reconnector.h"
#include "socket/sessionfactory.h"

#include <QObject>
#include <QThread>

#include <functional>

namespace confab {

class AbstractChat;

/// The link of an account: makes it, takes its end, and decides whether another follows and when.
/// Knows who to be on it and tells the phase. What is said on a link is the chat's matter. GUI
/// thread; the link itself runs on the network thread.
class Connector : public QObject
{
    Q_OBJECT

public:
    struct Parts {
        const AccountConfig *config = nullptr; ///< as it is at the moment
        AbstractChat *chat = nullptr;
        SessionFactory sessions;
        QThread *networkThread = nullptr; ///< nullptr: this one
        std::function<double()> random; ///< for backoff; empty: the system's
    };

    /// All parts outlive it.
    Connector(Parts parts, const ServiceTiming &timing, QObject *parent = nullptr);

    const Phase &phase() const { return m_phase; }
    bool isOnline() const { return std::holds_alternative<Online>(m_phase); }
    /// A link is there, or another attempt is due.
    bool isBusy() const { return m_link || m_reconnector.isWaiting(); }
    bool hasStopped() const { return std::holds_alternative<Stopped>(m_phase); }

    /// Who to be from the next attempt on.
    void setIntent(Intent intent) { m_intent = std::move(intent); }
    /// Gives up the link there is for a new one, at once. Ends in Stopped{needsSignIn} where the
    /// server wants to know who it is and nobody has said.
    void connectNow();
    /// "Try now": at once, at most once a second. A link that is up is probed.
    void reconnect();
    /// As ChatService tells.
    void wake(std::chrono::milliseconds slept);
    void networkChanged(bool reachable);
    void setBehindPortal(bool behind);
    void applyBackoff() { m_reconnector.setOptions(m_parts.config->backoff); }
    void applyKeepAlive();

    void stop(); ///< closes the link and stays Idle
    void forget(); ///< closes the link and forgets who to be
    void dropLink() { releaseLink(false); } ///< says goodbye first where it is up
    void fail(const ServiceError &error); ///< nothing can be tried until the person acts

signals:
    void phaseChanged(const confab::Phase &phase);
    /// Whoever takes it calls connectNow(), once it may.
    void attemptDue();
    void signInFailed(const confab::ServiceError &error);
    void tokenRejected();

private:
    void setPhase(Phase phase);
    void takeEnd(const CloseInfo &info);
    void takeRefusal(const ServiceError &error);
    /// The link failed; the next attempt waits, unless it was the person's first try to sign in.
    void takeFailure(const ServiceError &error, std::chrono::milliseconds hint, bool isFinal);
    void waitForRetry(const ServiceError &error, QDeadlineTimer retry);
    void startOver(); ///< the link is given up for a new one, as soon as attempts may follow
    /// `lost`: the network or the server did it, not we.
    void releaseLink(bool lost);
    bool isSigningIn() const; ///< with what the person has typed
    QString host() const { return m_parts.config->url.host(); }

    Parts m_parts;
    Reconnector m_reconnector;
    Phase m_phase;
    Intent m_intent;
    LinkPtr m_link;
    bool m_behindPortal = false;
};

}
