#include "widgets/conversation/deletedialog.h"

#include "widgets/confabstyle.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace confab {

DeleteDialog::DeleteDialog(int count, QWidget *parent)
    : QDialog(parent)
{
    setObjectName(QStringLiteral("deleteDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setBackgroundRole(QPalette::Button); // the token "raised"
    setAutoFillBackground(true);
    const QString heading
        = count == 1 ? tr("Delete this message?") : tr("Delete %1 messages?").arg(count);
    setWindowTitle(heading);
    auto *title = new QLabel(heading, this);
    setText(title, "heading", "text");
    auto *text = new QLabel(tr("You have five seconds to take it back."), this);
    text->setWordWrap(true);
    setText(text, "body", "text2");
    const auto makeButton = [this](const char *name, const QString &words, const char *role) {
        auto *button = new QPushButton(words, this);
        button->setObjectName(QLatin1String(name));
        button->setAccessibleName(words);
        button->setProperty(ConfabStyle::kRole, QLatin1String(role));
        button->setAutoDefault(false);
        button->setMinimumWidth(80 + 2 * ConfabStyle::kRing);
        return button;
    };
    QPushButton *cancel = makeButton("deleteCancelButton", tr("Cancel"), "");
    QPushButton *own = makeButton("deleteForMeButton", tr("Delete for me"), "");
    QPushButton *all = makeButton("deleteForAllButton", tr("Delete for everyone"), "danger");
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addStretch();
    buttons->addWidget(cancel);
    buttons->addWidget(own);
    buttons->addWidget(all);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 16, 20, 20);
    column->setSpacing(4);
    column->addWidget(title);
    column->addWidget(text);
    column->addSpacing(16);
    column->addLayout(buttons);
    cancel->setDefault(true);
    cancel->setFocus();
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(own, &QPushButton::clicked, this, [this] {
        emit decided(false);
        accept();
    });
    connect(all, &QPushButton::clicked, this, [this] {
        emit decided(true);
        accept();
    });
}

}
