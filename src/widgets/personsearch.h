#pragma once

#include "widgets/personmodel.h"
#include "widgets/theme.h"

#include <QObject>
#include <QTimer>

class QLabel;
class QLineEdit;
class QListView;

namespace confab {

/// Makes a field, a list and a line of text into a live search: asks 300 ms after the last key, shows
/// what comes back or why nothing does. Down goes into the list; Enter takes the current or first row.
class PersonSearch : public QObject
{
    Q_OBJECT

public:
    PersonSearch(const Theme &theme, QLineEdit *field, QListView *list, QLabel *status, QObject *parent);

    /// Ignored unless `query` is what was asked for last.
    void setResults(const QString &query, const QList<FoundPerson> &people);
    void setFailed(const ErrorText &error);
    void clear();
    bool isAsking() const { return m_asking; }

signals:
    void searchRequested(const QString &query);
    void chosen(const confab::FoundPerson &person);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void ask();
    void choose(const QModelIndex &index);
    void showStatus(const QString &text, const char *color);

    QLineEdit *m_field;
    QListView *m_list;
    QLabel *m_status;
    PersonModel m_model;
    QTimer m_pause;
    QString m_asked;
    bool m_asking = false;
};

}
