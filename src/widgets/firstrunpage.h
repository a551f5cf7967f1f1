#pragma once

#include "widgets/theme.h"

#include <QScrollArea>

namespace confab {

/// The first thing a new person sees: two ways to start as large cards, and a third as a link.
class FirstRunPage : public QScrollArea
{
    Q_OBJECT

public:
    explicit FirstRunPage(const Theme &theme, QWidget *parent = nullptr);

signals:
    void startHereChosen();
    void connectChosen();
    void plainChosen();

protected:
    void resizeEvent(QResizeEvent *event) override;
};

}
