#pragma once

#include <QByteArray>
#include <QObject>
#include <QSocketNotifier>
#include <QString>

namespace confab {

/// Lines of a file descriptor as they come, without holding up the event loop: a pipe may stay open
/// for days. A last line without an end counts.
class LineReader : public QObject
{
    Q_OBJECT

public:
    explicit LineReader(int descriptor, QObject *parent = nullptr);

signals:
    void lineRead(const QString &line); ///< without its end
    void finished(); ///< once, after the last line

private:
    void readMore();

    QSocketNotifier m_notifier;
    QByteArray m_rest;
};

}
