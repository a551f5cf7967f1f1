#pragma once

#include <QJsonObject>

namespace confab {

/// Figures by name: printed as they come, or all at once as JSON. Some have a bound: generous, to catch what
/// is broken and not what is slow today.
class Report
{
public:
    explicit Report(bool asJson);

    void add(const QByteArray &name, double value, const char *unit);
    /// ... and finish() returns false if it is above this.
    void gate(const QByteArray &name, double value, const char *unit, double most);
    bool finish();

private:
    bool m_asJson;
    bool m_passed = true;
    QJsonObject m_figures;
};

}
