#include "service/serviceerror.h"

#include <QSet>
#include <QTest>

using namespace confab;

namespace {

constexpr auto kLastKind = ErrorKind::HistoryReplaced;
}

class tst_ServiceError : public QObject
{
    Q_OBJECT

private slots:
    void everyKindHasItsOwnSentenceAndANextStep()
    {
        QSet<QString> sentences;
        for (int kind = 0; kind <= int(kLastKind); ++kind) {
            const ServiceError error
                = ServiceErrors::make(ErrorKind(kind), QStringLiteral("chat.example.org"));
            QVERIFY(!error.sentence.isEmpty());
            QVERIFY(!error.nextStep.isEmpty());
            QVERIFY2(!sentences.contains(error.sentence), qPrintable(error.sentence));
            sentences.insert(error.sentence);
        }
    }

    void whatNeverReachedTheServerIsToldApart()
    {
        QVERIFY(isUnreached(ErrorKind::UnknownHost));
        QVERIFY(isUnreached(ErrorKind::TlsNotTrusted));
        QVERIFY(!isUnreached(ErrorKind::ConnectionLost)); // it had been reached before
        QVERIFY(!isUnreached(ErrorKind::WrongApiKey)); // the server has answered
    }

    void noSentenceIsACode()
    {
        for (int code = 300; code < 600; ++code) {
            wire::Ctrl ctrl;
            ctrl.code = code;
            ctrl.text = QStringLiteral("internal words");
            const ServiceError error = ServiceErrors::fromCtrl(ctrl);
            QVERIFY(!error.sentence.contains(QString::number(code)));
            QVERIFY(!error.sentence.contains(QLatin1String("internal words")));
            QVERIFY(error.detail.contains(QString::number(code)));
        }
    }

    void endsOfConnectionsAreToldApart_data()
    {
        QTest::addColumn<CloseInfo>("info");
        QTest::addColumn<ErrorKind>("kind");
        const auto row = [](const char *name, CloseInfo info, ErrorKind kind) {
            QTest::newRow(name) << info << kind;
        };
        row("unknown host", {.cause = CloseCause::HostNotFound}, ErrorKind::UnknownHost);
        row("refused", {.cause = CloseCause::Refused}, ErrorKind::Refused);
        row("timed out", {.cause = CloseCause::OpenTimeout}, ErrorKind::TimedOut);
        row("TLS", {.cause = CloseCause::TlsFailed}, ErrorKind::TlsNotTrusted);
        row("API key", {.cause = CloseCause::HandshakeRejected, .httpStatus = 403},
            ErrorKind::WrongApiKey);
        row("not WebSocket", {.cause = CloseCause::HandshakeRejected, .httpStatus = 200},
            ErrorKind::NotTinode);
        row("not found", {.cause = CloseCause::HandshakeRejected, .httpStatus = 404},
            ErrorKind::NotTinode);
        row("behind a dead gateway", {.cause = CloseCause::HandshakeRejected, .httpStatus = 502},
            ErrorKind::ServerBusy);
        row("ping failed", {.cause = CloseCause::PingFailed, .code = 1011}, ErrorKind::PingFailed);
        row("going away", {.cause = CloseCause::PeerClosed, .code = 1001}, ErrorKind::ServerStopping);
        row("planned restart", {.cause = CloseCause::PeerClosed, .code = 4001},
            ErrorKind::ServerStopping);
        row("reset", {.cause = CloseCause::ConnectionLost}, ErrorKind::ConnectionLost);
    }

    void endsOfConnectionsAreToldApart()
    {
        QFETCH(CloseInfo, info);
        QFETCH(ErrorKind, kind);
        const ServiceError error
            = ServiceErrors::fromClose(info, QStringLiteral("chat.example.org"));
        QCOMPARE(error.kind, kind);
        QVERIFY(error.sentence.contains(QLatin1String("chat.example.org")));
    }

    void theCertificatesSentenceIsInTheDetail()
    {
        const ServiceError error = ServiceErrors::fromClose(
            {.cause = CloseCause::TlsFailed, .detail = QStringLiteral("The certificate has expired")},
            QStringLiteral("chat.example.org"));
        QCOMPARE(error.detail, QStringLiteral("The certificate has expired"));
    }
};

QTEST_GUILESS_MAIN(tst_ServiceError)
#include "tst_serviceerror.moc"
