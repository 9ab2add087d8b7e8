import { Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ErrorState, Loading } from '../ui/notice.tsx';
import { interestQuery } from './queries.ts';
import classes from './resource-view.module.css';

/** What the customer answered, and the page where they answer offers. */
export function InterestAnswers({ interest, name, onClose }: { interest: string; name: string; onClose: () => void }) {
  const { data, error } = useQuery(interestQuery(interest));
  return (
    <Modal opened onClose={onClose} title={`Answers: ${name}`}>
      {error ? <ErrorState title="The answers cannot be shown" error={error} /> : null}
      {!data && !error ? <Loading /> : null}
      {data ? (
        <>
          {data.inWords.length === 0 ? <p className={classes['note']}>Nothing was answered.</p> : null}
          <dl className={classes['facts']}>
            {data.inWords.map(({ question, answer }) => (
              <div key={question}>
                <dt>{question}</dt>
                <dd>{answer}</dd>
              </div>
            ))}
          </dl>
          <p className={classes['note']}>
            <a href={data.link} target="_blank" rel="noreferrer">
              The customer’s own page
            </a>{' '}
            is where offers are answered; its address is secret.
          </p>
        </>
      ) : null}
    </Modal>
  );
}
