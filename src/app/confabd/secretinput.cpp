#include "app/confabd/secretinput.h"

#include <QCoreApplication>
#include <QFile>

#include <cstdio>
#include <termios.h>
#include <unistd.h>

namespace confab {

namespace {

constexpr qint64 kMaxLine = 4096;

QString tr(const char *text)
{
    return QCoreApplication::translate("confabd", text);
}

/// Nothing that is typed shows while this exists.
class HiddenTyping
{
public:
    HiddenTyping()
    {
        m_isTerminal = tcgetattr(STDIN_FILENO, &m_before) == 0;
        if (!m_isTerminal)
            return;
        termios hidden = m_before;
        hidden.c_lflag &= ~tcflag_t(ECHO);
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
    }
    ~HiddenTyping()
    {
        if (m_isTerminal)
            tcsetattr(STDIN_FILENO, TCSAFLUSH, &m_before);
    }
    HiddenTyping(const HiddenTyping &) = delete;
    HiddenTyping &operator=(const HiddenTyping &) = delete;

private:
    termios m_before = {};
    bool m_isTerminal = false;
};

QByteArray readLine(QFile &input)
{
    QByteArray line = input.readLine(kMaxLine);
    while (line.endsWith('\n') || line.endsWith('\r'))
        line.chop(1);
    return line;
}

QByteArray ask(QFile &input, const QString &question)
{
    const HiddenTyping hidden;
    std::fputs(qUtf8Printable(question), stderr);
    std::fflush(stderr);
    const QByteArray answer = readLine(input);
    std::fputs("\n", stderr);
    return answer;
}

}

wire::Result<QByteArray, QString> readNewPassword()
{
    QFile input;
    if (!input.open(STDIN_FILENO, QIODevice::ReadOnly | QIODevice::Unbuffered))
        return tr("There is no standard input to read the password from.");
    if (!isatty(STDIN_FILENO)) {
        const QByteArray password = readLine(input);
        if (password.isEmpty())
            return tr("There is no password on standard input. Write it there, or start this on a "
                      "terminal.");
        return password;
    }
    const QByteArray password = ask(input, tr("New password: "));
    if (ask(input, tr("The same again: ")) != password)
        return tr("The two were not the same. Nothing was changed; try again.");
    return password;
}

}
