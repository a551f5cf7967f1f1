#include "benchreport.h"

#include <QJsonDocument>

#include <cstdio>

namespace confab {

Report::Report(bool asJson)
    : m_asJson(asJson)
{
}

void Report::add(const QByteArray &name, double value, const char *unit)
{
    m_figures.insert(QString::fromLatin1(name), value);
    if (!m_asJson)
        std::printf("%-52s %10.3f %s\n", name.constData(), value, unit);
}

void Report::gate(const QByteArray &name, double value, const char *unit, double most)
{
    add(name, value, unit);
    if (value <= most)
        return;
    m_passed = false;
    std::fprintf(stderr, "too high: %s is %g, at most %g\n", name.constData(), value, most);
}

bool Report::finish()
{
    if (m_asJson)
        std::printf("%s\n", QJsonDocument(m_figures).toJson(QJsonDocument::Compact).constData());
    return m_passed;
}

}
