#pragma once

#include "widgets/theme.h"
#include "widgets/viewtypes.h"

#include <QFrame>

class QGridLayout;

namespace confab {

/// What "Test" has found out, one line a step. Hidden while there is nothing to say.
class ProbeCard : public QFrame
{
    Q_OBJECT

public:
    enum class Form { Sentences, Table };

    ProbeCard(const Theme &theme, Form form, QWidget *parent = nullptr);

    void setResult(const ProbeResult &result);
    void setRunning();
    void clear();

private:
    struct Line;
    QList<Line> linesOf(const ProbeResult &result) const;
    Line encryptionLine(const ProbeResult &result) const;
    void show(const QList<Line> &lines);

    const Theme &m_theme;
    Form m_form;
    QGridLayout *m_grid;
};

}
